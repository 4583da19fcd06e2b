using SpexStream.Actors;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Leases;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Daemon.Actors;

/// <summary>The Akka.NET runtime of a node that shares a journal: the cluster says who has which scene, and the journal
/// carries the tiles that nodes work for one another.</summary>
/// <param name="runtime">The runtime; this one's own.</param>
/// <param name="tiles">The sharing of tiles, this one's own; null where it is off.</param>
/// <param name="works">What the runtime drives.</param>
/// <param name="offered">This node's devices.</param>
/// <param name="mail">Keeps what comes for scenes that no node can read.</param>
/// <param name="journalAnswers">Ends when the journal answers this node.</param>
internal sealed class SharedActors(
    AkkaRuntime runtime, SharedTiles? tiles, PipelineWorks works, OfferedTiles offered, UnreadMail mail,
    Func<CancellationToken, Task> journalAnswers) : ISharedRuntime
{
    private volatile bool _hasLeft;

    /// <inheritdoc/>
    public int Nodes => runtime.Others + (_hasLeft ? 0 : 1);

    /// <summary>The runtime says it itself.</summary>
    public string? SharingTrouble => null;

    /// <inheritdoc/>
    public Task JoinedAsync(CancellationToken cancellation) => runtime.Joined.WaitAsync(cancellation);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellation) => Together.RunAsync(
        cancellation, stop => tiles?.HelpAsync(works, offered, stop) ?? Task.CompletedTask,
        stop => mail.RunAsync(runtime, stop));

    /// <inheritdoc/>
    public ValueTask<int> RecoverAsync(CancellationToken cancellation) => runtime.RecoverAsync(cancellation);

    /// <summary>Hands a strip to its scene. Waits while the journal does not answer this node: the scene may be at one
    /// that it answers, but of a node that says that it takes nothing, nothing is taken.</summary>
    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        await journalAnswers(cancellation);
        return await mail.DeliverAsync(
            UnreadMail.Of(delivery), () => runtime.DeliverAsync(delivery, cancellation),
            new DeliveryOutcome.Accepted(), cancellation);
    }

    /// <summary>As <see cref="DeliverAsync"/>, of the end of a pass.</summary>
    public async ValueTask EndPassAsync(PassEnd pass, CancellationToken cancellation)
    {
        await journalAnswers(cancellation);
        await mail.DeliverAsync(
            new InboxItem.EndOfPass(pass),
            async () =>
            {
                await runtime.EndPassAsync(pass, cancellation);
                return true;
            },
            true, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<SceneOrderOutcome> OrderAsync(
        SceneId scene, SceneOrder order, CancellationToken cancellation) =>
        runtime.OrderAsync(scene, order, cancellation);

    /// <inheritdoc/>
    public IDisposable? TryHold(SceneId scene) => runtime.TryHold(scene);

    /// <inheritdoc/>
    public async Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation)
    {
        await (tiles?.StopAsync() ?? Task.CompletedTask);
        return await runtime.DrainAsync(limit, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _hasLeft = true;
        await (tiles?.StopAsync() ?? Task.CompletedTask);
        await runtime.DisposeAsync();
        tiles?.Dispose();
    }
}
