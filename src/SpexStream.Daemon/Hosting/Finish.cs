using Microsoft.Extensions.Logging;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Messaging.Publishing;

namespace SpexStream.Daemon.Hosting;

/// <summary>
/// The end of a daemon's work, when no more strips are taken. Every step has a limit, and is taken whatever became of
/// the one before. The pipeline is left before the outbox is closed, so that no scene speaks into a closed one.
/// </summary>
internal sealed class Finish(
    IPipelineRuntime runtime, Func<CancellationToken, Task<bool>> relay, MqttOutbox outbox,
        Func<NodeState, OutgoingMessage> word, ILogger logger, TimeProvider time)
{
    /// <summary>Finishes; true when nothing was left over.</summary>
    /// <param name="taking">The taking of strips, which was told to end.</param>
    /// <param name="limit">Given twice: to the scenes at work, then to the messages for the broker.</param>
    /// <param name="cancellation">Leaves at once.</param>
    public async Task<bool> RunAsync(Task taking, TimeSpan limit, CancellationToken cancellation)
    {
        // Only for who watches: it is left out rather than waited for.
        outbox.TryPost(word(NodeState.Draining), CancellationToken.None);
        var started = time.GetTimestamp();
        var taken = await EndsAsync(taking, "the taking of strips", limit, cancellation);
        var worked = await DrainAsync(Left(started, limit), limit, cancellation);

        started = time.GetTimestamp();
        var left = await LeaveRuntimeAsync(limit, cancellation);
        using var relaying = new CancellationTokenSource(Left(started, limit), time);
        var relayed = await EndsAsync(relay(relaying.Token), "the messages in the journal", limit, cancellation);
        using var saying = new CancellationTokenSource(Left(started, limit), time);
        var said = await EndsAsync(
            outbox.PostAsync(word(NodeState.Offline), saying.Token).AsTask(), "the last word", limit, cancellation);
        var sent = await EndsAsync(outbox.DrainAsync(Left(started, limit), time), "the outbox", limit, cancellation);
        return taken && worked && left && relayed && said && sent;
    }

    /// <summary>Finishes where the broker was never reached, so that nothing can be told; true when nothing was left
    /// over.</summary>
    /// <param name="limit">Given twice: to the scenes at work, then to the end of the pipeline.</param>
    /// <param name="cancellation">Leaves at once.</param>
    public Task<bool> LeaveAsync(TimeSpan limit, CancellationToken cancellation) =>
        LeaveAsync(limit, limit, cancellation);

    /// <summary>The same, with a limit of its own for the scenes at work.</summary>
    public async Task<bool> LeaveAsync(TimeSpan working, TimeSpan limit, CancellationToken cancellation)
    {
        var worked = working <= TimeSpan.Zero || await DrainAsync(working, limit, cancellation);
        return await LeaveRuntimeAsync(limit, cancellation) && worked;
    }

    private Task<bool> DrainAsync(TimeSpan working, TimeSpan limit, CancellationToken cancellation) =>
        EndsAsync(runtime.DrainAsync(working, cancellation), "the work on scenes", limit, cancellation);

    // It joins the threads of the devices, so it gets one of its own.
    private Task<bool> LeaveRuntimeAsync(TimeSpan limit, CancellationToken cancellation) => EndsAsync(
        Task.Run(async () => await runtime.DisposeAsync(), CancellationToken.None), "the pipeline", limit,
            cancellation);

    private TimeSpan Left(long started, TimeSpan limit)
    {
        var left = limit - time.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task<bool> EndsAsync(Task step, string name, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await step.WaitAsync(limit, time, cancellation);
            return step is not Task<bool> answered || await answered;
        }
        catch (Exception fault)
        {
            // The top of a step: what went wrong is told, and the next one is taken all the same.
            Log.StopStepFailed(logger, name, fault.Message);
            return false;
        }
    }
}
