using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Scenes;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline;

/// <summary>The in-process runtime: one mailbox per scene, one thread per device, bounded everywhere.</summary>
public sealed class LocalRuntime : IPipelineRuntime
{
    private readonly LocalRuntimeOptions _options;
    private readonly IBackendFactory _backends;
    private readonly SceneRunContext _context;
    private readonly PixelPool _pool;
    private readonly ImmutableArray<DeviceWorker> _workers;
    private readonly SemaphoreSlim _pendingDeliveries;
    private readonly SceneRegistry _scenes;
    private readonly CancellationTokenSource _abandoned = new();
    private Task? _ended;

    /// <summary>Starts the workers.</summary>
    public LocalRuntime(
        LocalRuntimeOptions options, IRasterStore store, IByteRasterWriters rasters, IRegionWriters regions,
        ICoordinateTransforms transforms, IBackendFactory backends, IRegionTexts texts, IProductCatalogue catalogue,
        ISceneEvents events, SpexMeter meter, TimeProvider time)
    {
        (_options, _backends) = (options, backends);
        _pool = new PixelPool(options.PixelPoolBytes);
        _pendingDeliveries = new SemaphoreSlim(options.MaxPendingDeliveries);
        _scenes = new SceneRegistry(options.MaxOpenScenes);
        Directory.CreateDirectory(options.WorkRoot);
        _context = new SceneRunContext
        {
            Options = options.Processing,
            Dispatcher = new TileDispatcher(options.MaxOpenScenes * TileFlow.Window),
            Admission = new AdmissionGate(options.MaxReadyTiles),
            Cache = new PixelCache(_pool, options.PixelCacheBytes),
            Events = new EventsUntilAbandoned(events, _abandoned.Token),
            Assembler = new SceneAssembler(
                rasters, regions, transforms, texts, catalogue, options.OutputRoot, time),
            Transforms = transforms,
            Time = time,
            Meter = meter,
            WorkRoot = options.WorkRoot,
        };
        var files = new StampedStore(store);
        _workers = [.. options.Devices.Select(device => new DeviceWorker(device, _context.Dispatcher, files, meter, time))];
    }

    /// <summary>Tiles that wait for a device.</summary>
    public int QueuedTiles => _context.Dispatcher.Depth;

    /// <summary>Tiles ready or running, over all scenes.</summary>
    public int ReadyTiles => _context.Admission.ReadyTiles;

    /// <summary>Strips that wait for admission, or for a place for their scene.</summary>
    public int WaitingStrips => _context.Admission.Waiting + _scenes.WaitingStrips;

    /// <summary>Scenes that are open.</summary>
    public int OpenScenes => _scenes.OpenCount;

    /// <summary>Bytes of pixels kept for neighbouring tiles.</summary>
    public long PixelCacheBytes => _context.Cache.Bytes;

    /// <inheritdoc/>
    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        while (true)
        {
            var (run, closed, unusable) = await FindAsync(delivery, cancellation);
            if (run is null)
            {
                return closed ?? new DeliveryOutcome.Refused(unusable!);
            }

            if (SceneMatch.Check(run.Scene, delivery.Scene) is { } rejection)
            {
                return new DeliveryOutcome.Refused(rejection);
            }

            // What a scene answers that has failed in the meantime is void: the strip begins it anew.
            if (await DeliverAsync(run, delivery, cancellation) is var answer && (answer is DeliveryOutcome.Accepted || !run.HasFailed))
            {
                return answer;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask EndPassAsync(SceneId scene, int? stripCount, CancellationToken cancellation)
    {
        if (_scenes.Find(scene) is not { } run)
        {
            return;
        }

        // It takes a place in the scene's mailbox like a strip.
        await _pendingDeliveries.WaitAsync(cancellation);
        try
        {
            await run.EndPassAsync(stripCount, cancellation);
        }
        finally
        {
            _pendingDeliveries.Release();
        }
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
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

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

    // A scene that failed has said so; here it only matters that it is over.
    private static async Task EndAsync(SceneRun run) =>
        await run.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // Nothing is held while a new scene waits for its place: the strips of open scenes must get through, for it is they
    // that close a scene and make room.
    private async ValueTask<(SceneRun? Run, DeliveryOutcome? Closed, Rejection? Unusable)> FindAsync(
        StripDelivery delivery, CancellationToken cancellation)
    {
        try
        {
            var (run, closed) = await _scenes.EnterAsync(
                delivery, () => new SceneRun(delivery.Scene, _backends.Create(delivery.Scene.Imagery), _context), cancellation);
            return (run, closed, null);
        }
        catch (ArgumentException unusable)
        {
            // The backend says which bands it misses; the strip is refused with those words.
            return (null, null, new(
                RejectionReason.TooFewBands, "assets.data.bands", $"do not suffice: {unusable.Message}",
                "name every band of the raster"));
        }
    }

    private async ValueTask<DeliveryOutcome> DeliverAsync(SceneRun run, StripDelivery delivery, CancellationToken cancellation)
    {
        await _pendingDeliveries.WaitAsync(cancellation);
        try
        {
            await _context.Admission.EnterAsync(cancellation);
            var named = delivery.Stamp is { } stamp ? delivery with { Path = $"{new StampedPath(delivery.Path, stamp)}" } : delivery;
            var answer = await run.DeliverAsync(named, cancellation);
            if (answer is DeliveryOutcome.Accepted)
            {
                _scenes.Remember(run, delivery);
            }

            // A scene that closes at this moment knows its strips no longer; the registry does.
            return answer is DeliveryOutcome.Refused && _scenes.HasTaken(delivery) ? new DeliveryOutcome.Duplicate() : answer;
        }
        finally
        {
            _pendingDeliveries.Release();
        }
    }
}
