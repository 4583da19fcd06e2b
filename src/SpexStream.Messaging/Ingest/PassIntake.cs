using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Messaging.Wire.Announcements;

namespace SpexStream.Messaging.Ingest;

/// <summary>Ends of passes on their way in. They are quicker than strips, whose files must be looked at; so that none
/// overtakes the strips that came before it, it waits for those of its scene.</summary>
internal sealed class PassIntake(IPipelineRuntime runtime, IntakeLetters letters, IngestOptions options)
{
    /// <summary>Reads the message; null when it was refused with a dead letter.</summary>
    public async Task<PassEnd?> ReadAsync(Arrival arrival, CancellationToken cancellation)
    {
        var (end, rejection, scene) = PassEndDecoder.Decode(arrival.Message, options.Limits);
        if (end is null)
        {
            await letters.RefuseOtherAsync(arrival.Original, rejection!, scene, cancellation);
        }

        return end;
    }

    /// <summary>Ends the pass behind the messages that came before.</summary>
    public async Task EndAsync(PassEnd end, IReadOnlyList<Arrival> earlier, CancellationToken cancellation)
    {
        foreach (var arrival in earlier)
        {
            if (await arrival.Scene.Task.WaitAsync(cancellation) == end.Scene)
            {
                await SettledAsync(arrival).WaitAsync(cancellation);
            }
        }

        await runtime.EndPassAsync(end, cancellation);
    }

    // What became of it is said elsewhere.
    private static async Task SettledAsync(Arrival arrival) =>
        await arrival.Settled.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
