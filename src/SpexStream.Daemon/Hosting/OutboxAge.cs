using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Hosting;

/// <summary>Looks again and again at how long the oldest message of the journal has waited for the broker.</summary>
internal sealed class OutboxAge
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly IJournalOutbox _outbox;
    private readonly TimeProvider _time;
    private OutboxDepth _depth = new(0, null);

    public OutboxAge(IJournalOutbox outbox, SpexMeter meter, TimeProvider time)
    {
        (_outbox, _time) = (outbox, time);
        meter.Observe(
            "spex_outbox_waiting", null, "Messages in the journal that the broker has not acknowledged.",
            () => Depth.Entries);
        meter.Observe(
            "spex_outbox_oldest", "s", "How long the oldest of them has waited; 0 where none does.",
            () => Oldest.TotalSeconds);
    }

    /// <summary>What was found last.</summary>
    public OutboxDepth Depth => Volatile.Read(ref _depth);

    /// <summary>How long the oldest message has waited; zero where none does. Clocks of two nodes may differ.</summary>
    public TimeSpan Oldest => Depth.OldestAt is { } at && _time.GetUtcNow() - at is { Ticks: > 0 } age
        ? age
        : TimeSpan.Zero;

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            do
            {
                try
                {
                    Volatile.Write(ref _depth, await _outbox.MeasureAsync(cancellation));
                }
                catch (JournalException)
                {
                    // Readiness says it; the last figure stands, and what it tells of grows older.
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops; so does its looking.
        }
    }
}
