using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Daemon.Console;

/// <summary>Tells what a user can mend from what is our own fault.</summary>
internal static class UserFault
{
    /// <summary>What can be mended, in one line; null for a fault of ours, which keeps its stack trace.</summary>
    public static string? Words(Exception fault) => fault switch
    {
        // Several threads that write products meet the same full disk.
        AggregateException several =>
            several.Flatten().InnerExceptions.Select(Words) is var all && !all.Contains(null) ? all.First() : null,
        RasterException or IOException or FormatException or UnauthorizedAccessException or MqttException
            or JournalException or ModelRefusedException or DeviceFaultException
            or CheckpointException =>
            fault.Message.ReplaceLineEndings(" "),
        _ => null,
    };
}
