using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Scenes;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline;

/// <summary>The in-process runtime: one mailbox per scene, one thread per device, bounded everywhere.</summary>
public sealed class LocalRuntime : IPipelineRuntime
{
    private const int MostHalo = 128;
    private readonly SceneRunContext _context;
    private readonly PixelPool _pool;
    private readonly ImmutableArray<DeviceWorker> _workers;
    private readonly SemaphoreSlim _pendingDeliveries;
    private readonly SceneRegistry _scenes;
    private readonly int _maxPending;
    private readonly HungFileBoard _hungFiles = new();
    private readonly IStripGate _gate;
    private readonly CancellationTokenSource _abandoned = new();
    private Task? _ended;

    /// <summary>Starts the workers.</summary>
    /// <param name="options">Bounds and places.</param>
    /// <param name="ports">What it works with; all stay the caller's.</param>
    public LocalRuntime(LocalRuntimeOptions options, LocalRuntimePorts ports)
    {
        _pool = new PixelPool(options.PixelPoolBytes);
        _gate = ports.Gate;
        _maxPending = options.MaxPendingDeliveries;
        _pendingDeliveries = new SemaphoreSlim(_maxPending);
        Directory.CreateDirectory(options.WorkRoot);
        var dispatcher = new TileDispatcher(options.MaxOpenScenes * options.SceneTiles);
        _context = new SceneRunContext
        {
            Options = options.Processing,
            Journal = ports.Journal ?? new ForgetfulJournal(),
            Outlives = ports.Journal is not null,
            Backends = ports.Backends,
            Dispatcher = dispatcher,
            ModelTiles = options.Models is null ? null : dispatcher,
            ModelReserve = options.Models?.AssemblyReserve ?? TimeSpan.Zero,
            SceneTiles = options.SceneTiles,
            MailboxCapacity = options.MailboxCapacity,
            Admission = new AdmissionGate(options.MaxReadyTiles),
            Cache = new PixelCache(_pool, options.PixelCacheBytes),
            Events = new EventsUntilAbandoned(ports.Events, _abandoned.Token),
            Messages = ports.Messages ?? new NoMessages(),
            Assembler = new SceneAssembler(
                ports.Rasters, ports.Regions, ports.Transforms, ports.Texts, ports.Catalogue, options.OutputRoot,
                    ports.Time),
            Transforms = ports.Transforms,
            Time = ports.Time,
            Meter = ports.Meter,
            WorkRoot = options.WorkRoot,
            Abandoned = _abandoned.Token,
        };
        if (ports.Journal is { Run: var run })
        {
            foreach (
                var marks in FlightRecorder.Read(options.DevicesRoot, run.Crashed).GroupBy(found => found.Mark.Scene))
            {
                _context.Marks[marks.Key] = [.. marks];
            }
        }

        _scenes = new SceneRegistry(options.MaxOpenScenes, scene => new SceneRun(scene, _context));
        var files = new StampedStore(ports.Store);
        Models = options.Models is not { } limits ? null : new ModelDevices(
            [.. options.Devices.Select(DeviceName.Parse)],
            name => new ModelDeviceTools(
                limits, options.Processing.TileSize, Recorder($"{name}-model"), ports.Devices!, ports.Time,
                () => new WorkerScratch($"{name} answers", files), () => false, _ => { }, ports.OnDeviceFault));
        _workers = [.. options.Devices.Select(device => new DeviceWorker(device, new WorkerTools(
            dispatcher, files, Recorder(device), options.Reads, _hungFiles, TilesAtWork, ports.Meter, ports.Time,
            Models?.Of(DeviceName.Parse(device)))))];

        FlightRecorder? Recorder(string name) =>
            ports.Journal is { Run.Number: var number }
                ? new FlightRecorder(options.DevicesRoot, name, number, ports.OnRecorderFault) : null;
    }

    /// <summary>Where models are computed; null where the devices only run rules.</summary>
    public ModelDevices? Models { get; }

    /// <summary>Steps of the tiles' work.</summary>
    public StageTally TilesAtWork { get; } = new();

    /// <summary>Products being put together.</summary>
    public StageTally Assemblies => _context.Assemblies;

    /// <summary>Reads that were given up and have not come back.</summary>
    public int HungReads => _hungFiles.Count;

    /// <summary>Devices out of service, because too many of their reads do not come back.</summary>
    public IEnumerable<string> DevicesOut => from worker in _workers where !worker.State.IsServing select worker.Device;

    /// <summary>Tiles that wait for a device.</summary>
    public int QueuedTiles => _context.Dispatcher.Depth;

    /// <summary>Tiles ready or running, over all scenes.</summary>
    public int ReadyTiles => _context.Admission.ReadyTiles;

    /// <summary>Strips that wait for admission, or for a place for their scene.</summary>
    public int WaitingStrips => _context.Admission.Waiting + _scenes.WaitingStrips;

    /// <summary>Scenes that are open.</summary>
    public int OpenScenes => _scenes.OpenCount;

    /// <summary>Scenes that stand still until a disk takes what they made.</summary>
    public int StalledScenes => _context.Stalls.Count;

    /// <summary>Why scenes stand still, in one line; null when none does.</summary>
    public string? Trouble => _context.Stalls.Trouble;

    /// <summary>Bytes of pixels kept for neighbouring tiles.</summary>
    public long PixelCacheBytes => _context.Cache.Bytes;

    /// <summary>Bytes of idle pixel memory.</summary>
    public long PixelPoolBytes => _pool.IdleBytes;

    /// <summary>Strips on their way into their scenes.</summary>
    public int PendingStrips => _maxPending - _pendingDeliveries.CurrentCount;

    /// <summary>Messages in the mailbox that is fullest.</summary>
    public int MailboxDepth => _scenes.Open.Select(scene => scene.MailboxDepth).DefaultIfEmpty().Max();

    /// <summary>Bytes of answers that the open scenes keep in memory.</summary>
    public long ResultBytes => _scenes.Open.Sum(scene => scene.ResultBytes);

    /// <summary>Takes up the scenes that an earlier process left open. Once, before strips are handed over.</summary>
    /// <returns>How many there are.</returns>
    public async ValueTask<int> RecoverAsync(CancellationToken cancellation)
    {
        var open = await _context.Journal.ListOpenAsync(cancellation);
        var runs = open.Select(scene => _scenes.TakeUp(scene.Scene)).OfType<SceneRun>().ToArray();
        await Task.WhenAll(runs.Select(run => run.Recalled)).WaitAsync(cancellation);
        return open.Length;
    }

    /// <summary>Keeps a closed scene from being opened again, until the answer is disposed of; null when it is open.
    /// </summary>
    public IDisposable? TryHold(SceneId scene) => _scenes.TryHold(scene);

    /// <inheritdoc/>
    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        while (true)
        {
            await _gate.WaitAsync(cancellation);
            // Nothing is held while a new scene waits for its place: the strips of open scenes must get through, for it
            // is they that close a scene and make room.
            var run = await _scenes.EnterAsync(delivery.Scene.Id, cancellation);
            if (await DeliverAsync(run, delivery, cancellation) is { } outcome)
            {
                return outcome;
            }

            await _scenes.LeftAsync(run, cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask EndPassAsync(PassEnd pass, CancellationToken cancellation)
    {
        if (!_scenes.IsKnown(pass.Scene))
        {
            return;
        }

        // One that was taken up and waits for a place is waited for.
        var run = await _scenes.EnterAsync(pass.Scene, cancellation);
        // It takes a place in the scene's mailbox like a strip.
        await _pendingDeliveries.WaitAsync(cancellation);
        try
        {
            await run.EndPassAsync(pass, cancellation);
        }
        finally
        {
            _pendingDeliveries.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SceneOrderOutcome> OrderAsync(
        SceneId scene, SceneOrder order, CancellationToken cancellation)
    {
        while (_scenes.IsKnown(scene) || await _context.Journal.FindAsync(scene, cancellation) is { LastSequence: > 0 })
        {
            var run = await _scenes.EnterAsync(scene, cancellation);
            if (await run.OrderAsync(order, cancellation) is { } outcome)
            {
                return outcome;
            }

            await _scenes.LeftAsync(run, cancellation);
        }

        return SceneOrderOutcome.Unknown;
    }

    /// <inheritdoc/>
    public async Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var busy = _scenes.Open.Where(run => !run.IsGathering).Select(EndAsync).ToArray();
        try
        {
            await Task.WhenAll(busy).WaitAsync(limit, _context.Time, cancellation);
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
        await _abandoned.CancelAsync();
        // A worker may wait for its device's next batch.
        Models?.Stop();
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        Models?.Dispose();
        _scenes.Abandon();
        foreach (var run in _scenes.Open)
        {
            await run.DisposeAsync();
        }

        _context.Dispatcher.Dispose();
        _context.Cache.Dispose();
        _pool.Dispose();
        _pendingDeliveries.Dispose();
        _abandoned.Dispose();
    }

    // Tiles whose rows, with what lies around them, the strip meets.
    private int TilesOf(StripDelivery delivery)
    {
        var size = _context.Options.TileSize;
        var columns = (delivery.Scene.Width + size - 1) / size;
        return columns * (((delivery.Info.Height + (2 * MostHalo) + size - 1) / size) + 1);
    }

    // A scene that failed has said so; here it only matters that it is over.
    private static async Task EndAsync(SceneRun run) =>
        await run.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async ValueTask<DeliveryOutcome?> DeliverAsync(
        SceneRun run, StripDelivery delivery, CancellationToken cancellation)
    {
        // Its place may have come long after it asked for one.
        await _gate.WaitAsync(cancellation);
        await _pendingDeliveries.WaitAsync(cancellation);
        try
        {
            using var turn = await _context.Admission.EnterAsync(TilesOf(delivery), cancellation);
            return await run.DeliverAsync(StampedPath.Name(delivery), cancellation);
        }
        finally
        {
            _pendingDeliveries.Release();
        }
    }
}
