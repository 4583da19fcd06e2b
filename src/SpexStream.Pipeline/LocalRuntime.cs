using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;
using SpexStream.Pipeline.Sharing;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline;

/// <summary>The in-process runtime: one mailbox per scene, one thread per device, bounded everywhere.</summary>
public sealed class LocalRuntime : IPipelineRuntime, IRuntimeFigures
{
    private readonly PipelineWorks _works;
    private readonly TileDispatcher _dispatcher;
    private readonly ImmutableArray<DeviceWorker> _workers;
    private readonly SceneRegistry _scenes;
    private Task? _ended;

    /// <summary>Starts the workers.</summary>
    /// <param name="options">Bounds and places.</param>
    /// <param name="ports">What it works with; all stay the caller's.</param>
    public LocalRuntime(LocalRuntimeOptions options, LocalRuntimePorts ports)
        : this(options, ports, _ => SceneTenure.Unlimited, null)
    {
    }

    /// <summary>Starts the workers of a process that has some scenes, and not others.</summary>
    /// <param name="options">Bounds and places.</param>
    /// <param name="ports">What it works with; all stay the caller's.</param>
    /// <param name="tenureOf">The right to a scene; null where there is none. Must not block.</param>
    /// <param name="onLeft">Told of each scene that is not open any more; must not block.</param>
    internal LocalRuntime(
        LocalRuntimeOptions options, LocalRuntimePorts ports, Func<SceneId, SceneTenure?> tenureOf,
        Action<SceneId>? onLeft)
    {
        _dispatcher = new TileDispatcher(options.MaxOpenScenes * options.SceneTiles);
        _works = new PipelineWorks(options, ports, _dispatcher);
        _scenes = new SceneRegistry(
            options.MaxOpenScenes,
            scene => tenureOf(scene) is not { } tenure ? null
                : new SceneRun(
                    _works.MailboxCapacity, mailbox => _works.NewScene(scene, mailbox, tenure), tenure.Ended),
            onLeft);
        _workers =
        [
            .. options.Devices.Select(device => new DeviceWorker(
                device,
                new WorkerTools(
                    _dispatcher, onGivenUp => _works.OpenBench(device, onGivenUp), options.Reads.MaxHung))),
        ];
    }

    /// <summary>What it drives.</summary>
    public PipelineWorks Works => _works;

    IWorksFigures IRuntimeFigures.Works => _works;

    /// <inheritdoc/>
    public int OpenScenes => _scenes.OpenCount;

    /// <inheritdoc/>
    public int? Shards => null;

    /// <inheritdoc/>
    public int WaitingStrips => _works.WaitingStrips + _scenes.WaitingStrips;

    /// <inheritdoc/>
    public int QueuedTiles => _dispatcher.Depth;

    /// <inheritdoc/>
    public int MailboxDepth => _scenes.Open.Select(scene => scene.MailboxDepth).DefaultIfEmpty().Max();

    /// <inheritdoc/>
    public long ResultBytes => _scenes.Open.Sum(scene => scene.ResultBytes);

    /// <inheritdoc/>
    public ImmutableArray<string> DevicesOut =>
        [.. from worker in _workers where !worker.State.IsServing select worker.Device];

    /// <inheritdoc/>
    public string? Trouble => null;

    /// <inheritdoc/>
    public async ValueTask<int> RecoverAsync(CancellationToken cancellation)
    {
        var open = await _works.Journal.ListOpenAsync(cancellation);
        var runs = open.Select(scene => _scenes.TakeUp(scene.Scene)).OfType<SceneRun>().ToArray();
        await Task.WhenAll(runs.Select(run => run.Recalled)).WaitAsync(cancellation);
        return open.Length;
    }

    /// <inheritdoc/>
    public IDisposable? TryHold(SceneId scene) => _scenes.TryHold(scene);

    /// <inheritdoc/>
    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation) =>
        await TryDeliverAsync(delivery, cancellation) ?? throw NoRight(delivery.Scene.Id);

    /// <inheritdoc/>
    public async ValueTask EndPassAsync(PassEnd pass, CancellationToken cancellation) =>
        await TryEndPassAsync(pass, cancellation);

    /// <inheritdoc/>
    public async ValueTask<SceneOrderOutcome> OrderAsync(
        SceneId scene, SceneOrder order, CancellationToken cancellation) =>
        await TryOrderAsync(scene, order, cancellation, cancellation) ?? throw NoRight(scene);

    /// <summary>As <see cref="DeliverAsync(StripDelivery, CancellationToken)"/>; null without a right to the
    /// scene.</summary>
    internal async ValueTask<DeliveryOutcome?> TryDeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        while (true)
        {
            await _works.WaitForGateAsync(cancellation);
            // Nothing is held while a new scene waits for its place: the strips of open scenes must get through, for it
            // is they that close a scene and make room.
            if (await _scenes.EnterAsync(delivery.Scene.Id, cancellation) is not { } run)
            {
                return null;
            }

            if (await DeliverAsync(run, delivery, cancellation) is { } outcome)
            {
                return outcome;
            }

            await _scenes.LeftAsync(run, cancellation);
        }
    }

    /// <summary>As <see cref="EndPassAsync"/>; false without a right to the scene.</summary>
    internal async ValueTask<bool> TryEndPassAsync(PassEnd pass, CancellationToken cancellation)
    {
        if (!_scenes.IsKnown(pass.Scene))
        {
            return true;
        }

        // One that was taken up and waits for a place is waited for.
        if (await _scenes.EnterAsync(pass.Scene, cancellation) is not { } run)
        {
            return false;
        }

        // It takes a place in the scene's mailbox like a strip.
        using var place = await _works.EnterAsync(cancellation);
        await run.EndPassAsync(pass, cancellation);
        return true;
    }

    /// <summary>As <see cref="OrderAsync"/>; null without a right to the scene.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="order">What it shall do.</param>
    /// <param name="cancellation">Gives up while the scene does not have the order.</param>
    /// <param name="unheard">Gives up what comes of it, when the scene has it and may do it all the same.</param>
    internal async ValueTask<SceneOrderOutcome?> TryOrderAsync(
        SceneId scene, SceneOrder order, CancellationToken cancellation, CancellationToken unheard)
    {
        while (_scenes.IsKnown(scene) || await _works.Journal.FindAsync(scene, cancellation) is { LastSequence: > 0 })
        {
            if (await _scenes.EnterAsync(scene, cancellation) is not { } run)
            {
                return null;
            }

            if (await run.OrderAsync(order, unheard) is { } outcome)
            {
                return outcome;
            }

            await _scenes.LeftAsync(run, cancellation);
        }

        return SceneOrderOutcome.Unknown;
    }

    /// <summary>Fetches tiles for the devices; to be stopped before this is disposed of.</summary>
    internal Task HelpAsync(SharedTiles tiles, CancellationToken cancellation) =>
        tiles.HelpAsync(_works, _dispatcher, cancellation);

    /// <summary>Takes up a scene that somebody left open. Ends when it is read, or waits for a place.</summary>
    /// <exception cref="JournalDamagedException">It cannot be read.</exception>
    internal async ValueTask TakeUpAsync(SceneId scene, CancellationToken cancellation)
    {
        if (_scenes.TakeUp(scene) is { } run && await run.Recalled.WaitAsync(cancellation) is { } damage)
        {
            throw damage;
        }
    }

    /// <summary>Whether a scene is open or waits for a place.</summary>
    internal bool IsKnown(SceneId scene) => _scenes.IsKnown(scene);

    /// <summary>Waits until a scene is not open.</summary>
    internal Task LeftAsync(SceneId scene) => _scenes.LeftAsync(scene);

    /// <summary>Scenes that wait for strips.</summary>
    internal ImmutableArray<SceneId> Gathering =>
        [.. _scenes.Open.Where(scene => scene.IsGathering).Select(scene => scene.Scene)];

    /// <inheritdoc/>
    public async Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var busy = _scenes.Open.Where(run => !run.IsGathering).Select(EndAsync).ToArray();
        try
        {
            await Task.WhenAll(busy).WaitAsync(limit, _works.Time, cancellation);
            return _scenes.Open.All(run => run.Completion.IsCompleted);
        }
        catch (TimeoutException)
        {
            // The limit is the caller's; what is left is told by the answer.
            return false;
        }
    }

    /// <summary>Stops the workers after their tiles; scenes that are not closed are abandoned, and their listeners not
    /// waited for. A second call waits for the first.</summary>
    public ValueTask DisposeAsync() => new(_ended ??= EndAsync());

    private async Task EndAsync()
    {
        await _works.AbandonAsync();
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        _scenes.Abandon();
        foreach (var run in _scenes.Open)
        {
            await run.DisposeAsync();
        }

        _dispatcher.Dispose();
        await _works.DisposeAsync();
    }

    private static InvalidOperationException NoRight(SceneId scene) => new($"Nobody has a right to scene {scene}.");

    // A scene that failed has said so; here it only matters that it is over.
    private static async Task EndAsync(SceneRun run) =>
        await run.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async ValueTask<DeliveryOutcome?> DeliverAsync(
        SceneRun run, StripDelivery delivery, CancellationToken cancellation)
    {
        // Its place may have come long after it asked for one.
        await _works.WaitForGateAsync(cancellation);
        using var turn = await _works.AdmitAsync(delivery, cancellation);
        return await run.DeliverAsync(delivery, cancellation);
    }
}
