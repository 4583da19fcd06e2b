using System.Diagnostics.Metrics;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Hosting;

/// <summary>Looks at queues again and again, for how long the oldest piece of work of each has been in it.</summary>
internal sealed class QueueAges
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly (string Stage, Func<long> Gone, Func<long> Come, QueueAge Age)[] _queues;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _lock = new();

    /// <param name="queues">By the name of its stage, how many pieces have ever gone out of each and come in; must not
    /// block.</param>
    /// <param name="meter">Shows them.</param>
    /// <param name="time">The clock.</param>
    public QueueAges(
        IEnumerable<(string Stage, Func<long> Gone, Func<long> Come)> queues, SpexMeter meter, TimeProvider time)
    {
        (_time, _start) = (time, time.GetTimestamp());
        _queues = [.. queues.Select(queue => (queue.Stage, queue.Gone, queue.Come, new QueueAge()))];
        meter.ObserveAll(
            "spex_queue_oldest", "s", "How long the oldest piece of work has been in each stage's queue.",
            Measure);
    }

    /// <summary>A queue with a tally.</summary>
    public static (string Stage, Func<long> Gone, Func<long> Come) Of(string stage, StageTally tally) =>
        (stage, () => tally.Ended, () => tally.Begun);

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, _time);
        try
        {
            do
            {
                Observe();
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops; so does its looking.
        }
    }

    /// <summary>Looks once.</summary>
    public void Observe()
    {
        lock (_lock)
        {
            var now = _time.GetElapsedTime(_start);
            foreach (var (_, gone, come, age) in _queues)
            {
                // What has gone first: it must not be more than what has come.
                var before = gone();
                age.Observe(come(), before, now);
            }
        }
    }

    private Measurement<double>[] Measure()
    {
        Observe();
        lock (_lock)
        {
            var now = _time.GetElapsedTime(_start);
            return
            [
                .. _queues.Select(queue => new Measurement<double>(
                    queue.Age.Of(now).TotalSeconds, new KeyValuePair<string, object?>("stage", queue.Stage))),
            ];
        }
    }
}
