using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Scenes;

/// <summary>What the entities of scenes on this node work with.</summary>
internal sealed record SceneActorTools(IPipelineWorks Works, SceneBoard Board)
{
    /// <summary>How long a scene rests that broke.</summary>
    public RestAfterFailure Rest { get; init; } = RestAfterFailure.Default;

    /// <summary>Waits until a scene may be opened and gives the right to write it; null for a new epoch.</summary>
    public Func<SceneId, CancellationToken, ValueTask<ISceneWriter?>> WriterOf { get; init; } = (_, _) => new();

    /// <summary>Opens scenes.</summary>
    public SceneOpener Opener => new(Works, Board, WriterOf);

    /// <summary>Waits for what a question needs on its way into a scene: room for a strip, or a place in the
    /// mailbox.</summary>
    /// <returns>What it holds until <paramref name="stop"/> is requested, at the longest.</returns>
    public async Task<IDisposable> AdmitAsync(SceneAsk ask, CancellationToken stop) =>
        new HeldTurn(await WaitForTurnAsync(ask, stop), stop);

    private async Task<IDisposable> WaitForTurnAsync(SceneAsk ask, CancellationToken stop)
    {
        if (ask is not StripDelivered strip)
        {
            return await Works.EnterAsync(stop);
        }

        // The place of its scene may have come long after it asked for one.
        await Works.WaitForGateAsync(stop);
        return await Works.AdmitAsync(strip.Delivery, stop);
    }
}
