using System.Collections.Concurrent;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

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

    public ValueTask<int> RecoverAsync(CancellationToken cancellation) => ValueTask.FromResult(0);

    public IDisposable? TryHold(SceneId scene) => null;

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

    /// <summary>What becomes of an order; by default it is done.</summary>
    public Func<SceneId, SceneOrder, SceneOrderOutcome> OnOrder { get; set; } = (_, _) => new(true, "done", "Done.");

    /// <summary>Orders given.</summary>
    public ConcurrentQueue<(string Scene, SceneOrder Order)> Orders { get; } = new();

    public ValueTask<SceneOrderOutcome> OrderAsync(SceneId scene, SceneOrder order, CancellationToken cancellation)
    {
        Orders.Enqueue((scene.Value, order));
        return ValueTask.FromResult(OnOrder(scene, order));
    }

    public Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation) => Task.FromResult(true);

    /// <summary>How long it takes to leave; by default no time.</summary>
    public Task Leaving { get; init; } = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        IsDisposed = true;
        await Leaving;
    }
}
