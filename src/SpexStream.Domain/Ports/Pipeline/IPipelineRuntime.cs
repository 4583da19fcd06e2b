using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>Works on scenes: takes strips, runs tiles on devices, tells what comes out to <see cref="ISceneEvents"/>.
/// Safe for use from several threads.</summary>
public interface IPipelineRuntime : IAsyncDisposable
{
    /// <summary>Begins: takes up the scenes that an earlier process left open. Once, before strips are handed over.
    /// </summary>
    /// <returns>How many there are.</returns>
    ValueTask<int> RecoverAsync(CancellationToken cancellation);

    /// <summary>
    /// Hands a strip over. Waits while the pipeline is full (strips or tiles beyond the configured bounds): that wait
    /// is the backpressure on whoever announces.
    /// </summary>
    ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation);

    /// <summary>
    /// Says that a scene's pass is over: with a number of strips, when so many have come; without, with those that were
    /// handed over before. What is said of strips' tiers holds also for those that never come. Nothing happens if the
    /// scene is not open.
    /// </summary>
    ValueTask EndPassAsync(PassEnd pass, CancellationToken cancellation);

    /// <summary>Carries out what a person asks of a scene, open or closed; the answer is given when what follows from
    /// it is written down, which is long before a reprocessed scene is closed again.</summary>
    ValueTask<SceneOrderOutcome> OrderAsync(SceneId scene, SceneOrder order, CancellationToken cancellation);

    /// <summary>Keeps a closed scene from being opened again in this process, until the answer is disposed of; null
    /// when it is open.</summary>
    IDisposable? TryHold(SceneId scene);

    /// <summary>Takes no new strip and waits until every open scene that is complete has been published, or for the
    /// limit. True when nothing was left under way.</summary>
    Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation);
}
