using System.Collections.Concurrent;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Tests.Support;

/// <summary>A pipeline that answers as a test wants, and keeps what it was told.</summary>
internal sealed class FakeRuntime : IPipelineRuntime
{
    /// <summary>What becomes of a strip; by default it is taken at once.</summary>
    public Func<StripDelivery, CancellationToken, Task<DeliveryOutcome>> OnDeliver { get; set; } =
        (_, _) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Accepted());

    /// <summary>Strips handed over.</summary>
    public ConcurrentQueue<StripDelivery> Delivered { get; } = new();

    /// <summary>Passes that were said to be over.</summary>
    public ConcurrentQueue<(string Scene, int? Strips)> Ended { get; } = new();

    public bool IsDisposed { get; private set; }

    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        Delivered.Enqueue(delivery);
        return await OnDeliver(delivery, cancellation);
    }

    public ValueTask EndPassAsync(PassEnd pass, CancellationToken cancellation)
    {
        Ended.Enqueue((pass.Scene.Value, pass.StripCount));
        return ValueTask.CompletedTask;
    }

    public Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation) => Task.FromResult(true);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
