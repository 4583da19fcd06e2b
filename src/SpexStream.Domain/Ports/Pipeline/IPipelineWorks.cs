using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>
/// Everything that a runtime drives and has not to know: scenes with their pixels, answers and products, and devices.
/// A runtime decides where scenes live, in which order they are told what, and on which thread a device runs; what
/// comes out is the same under each. Safe for use from several threads. Disposed of by the runtime, after every scene
/// has ended and every bench was given back.
/// </summary>
public interface IPipelineWorks : IWorksFigures, IAsyncDisposable
{
    /// <summary>The devices of this process ("cpu:0"), one bench each.</summary>
    ImmutableArray<string> Devices { get; }

    /// <summary>Threads of one device that may hang in reads before it is out of service.</summary>
    int MaxHung { get; }

    /// <summary>Messages that a scene's mailbox must hold: answers to all that may be away, and as many again that can
    /// wait.</summary>
    int MailboxCapacity { get; }

    /// <summary>The clock.</summary>
    TimeProvider Time { get; }

    /// <summary>Where the facts of scenes are kept.</summary>
    ISceneJournal Journal { get; }

    /// <summary>Requested when scenes are abandoned: nothing is waited for any more.</summary>
    CancellationToken Abandoned { get; }

    /// <summary>Makes the entity of a scene, not yet recalled. At most one per scene may be in use in a
    /// process.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="mailbox">Where its work sends what it has to say.</param>
    /// <param name="tenure">By what right it works.</param>
    ISceneEntity NewScene(SceneId scene, ISceneMailbox mailbox, SceneTenure tenure);

    /// <summary>Opens a bench at a device; the thread that runs it disposes of it.</summary>
    /// <param name="device">One of <see cref="Devices"/>.</param>
    /// <param name="onGivenUp">Told, on another thread, that a read hangs; before the tile is said to have
    /// failed.</param>
    IDeviceBench OpenBench(string device, Action onGivenUp);

    /// <summary>Waits until the pipeline has room for a strip: the wait is the backpressure on whoever
    /// announces.</summary>
    /// <param name="delivery">The strip.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Its turn; disposed of when its scene has answered, or is not to be asked after all.</returns>
    ValueTask<IDisposable> AdmitAsync(StripDelivery delivery, CancellationToken cancellation);

    /// <summary>Waits while no strip may be taken at all.</summary>
    ValueTask WaitForGateAsync(CancellationToken cancellation);

    /// <summary>Takes a place among what is on its way into scenes, for what is no strip.</summary>
    /// <returns>The place; disposed of when the scene has answered.</returns>
    ValueTask<IDisposable> EnterAsync(CancellationToken cancellation);

    /// <summary>Abandons what is not closed: nothing is waited for any more, nothing said to listeners, and no thread
    /// of a bench is kept waiting.</summary>
    Task AbandonAsync();
}
