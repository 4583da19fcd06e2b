using System.Collections.Immutable;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>How the part of a runtime gets on that lives in this process; for gauges and health. Safe for use from
/// several threads.</summary>
public interface IRuntimeFigures
{
    /// <summary>The works that it drives.</summary>
    IWorksFigures Works { get; }

    /// <summary>Scenes that are open.</summary>
    int OpenScenes { get; }

    /// <summary>Strips that wait for admission, or for a place for their scene.</summary>
    int WaitingStrips { get; }

    /// <summary>Tiles that wait for a device.</summary>
    int QueuedTiles { get; }

    /// <summary>Messages in the mailbox of the scene that has most.</summary>
    int MailboxDepth { get; }

    /// <summary>Bytes of answers that the open scenes keep in memory.</summary>
    long ResultBytes { get; }

    /// <summary>Devices out of service ("cpu:0").</summary>
    ImmutableArray<string> DevicesOut { get; }

    /// <summary>Shards of scenes that live in this process; null where the runtime knows none.</summary>
    int? Shards { get; }

    /// <summary>Why the runtime itself can take no strips, in one line for people; null when it can.</summary>
    string? Trouble { get; }
}
