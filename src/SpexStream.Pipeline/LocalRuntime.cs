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
            Events = events,
            Assembler = new SceneAssembler(
                rasters, regions, transforms, texts, catalogue, options.OutputRoot, time),
            Transforms = transforms,
            Time = time,
            Meter = meter,
            WorkRoot = options.WorkRoot,
        };
        _workers = [.. options.Devices.Select(device => new DeviceWorker(device, _context.Dispatcher, store, meter, time))];
    }

    /// <summary>Tiles that wait for a device.</summary>
    public int QueuedTiles => _context.Dispatcher.Depth;

    /// <summary>Tiles ready or running, over all scenes.</summary>
    public int ReadyTiles => _context.Admission.ReadyTiles;

    /// <summary>Strips that wait for admission.</summary>
    public int WaitingStrips => _context.Admission.Waiting;

    /// <summary>Scenes that are open.</summary>
    public int OpenScenes => _scenes.OpenCount;

    /// <summary>Bytes of pixels kept for neighbouring tiles.</summary>
    public long PixelCacheBytes => _context.Cache.Bytes;

    /// <inheritdoc/>
    public async ValueTask<DeliveryOutcome> DeliverAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        await _pendingDeliveries.WaitAsync(cancellation);
        try
        {
            using var turn = await _context.Admission.EnterAsync(cancellation);
            if (_scenes.ClosedOutcome(delivery) is { } outcome)
            {
                return outcome;
            }

            SceneRun run;
            try
            {
                run = await _scenes.GetOrOpenAsync(
                    delivery.Scene.Id,
                    () => new SceneRun(delivery.Scene, _backends.Create(delivery.Scene.Imagery), _context),
                    cancellation);
            }
            catch (ArgumentException unusable)
            {
                // The backend says which bands it misses; the strip is refused with those words.
                return new DeliveryOutcome.Refused(new(
                    RejectionReason.TooFewBands, "assets.data.bands", $"do not suffice: {unusable.Message}",
                    "name every band of the raster"));
            }

            if (SceneMatch.Check(run.Scene, delivery.Scene) is { } rejection)
            {
                return new DeliveryOutcome.Refused(rejection);
            }

            var answer = await run.DeliverAsync(delivery, cancellation);
            if (answer is DeliveryOutcome.Accepted)
            {
                _scenes.Remember(delivery);
            }

            // A scene that closes at this moment knows its strips no longer; the registry does.
            return answer is DeliveryOutcome.Refused && _scenes.HasTaken(delivery) ? new DeliveryOutcome.Duplicate() : answer;
        }
        finally
        {
            _pendingDeliveries.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask EndPassAsync(SceneId scene, CancellationToken cancellation)
    {
        if (_scenes.Find(scene) is { } run)
        {
            await run.EndPassAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var busy = _scenes.Open.Where(run => !run.IsGathering).Select(run => run.Completion).ToArray();
        try
        {
            await Task.WhenAll(busy).WaitAsync(limit, _context.Time, cancellation);
            return _scenes.OpenCount == 0;
        }
        catch (TimeoutException)
        {
            // The limit is the caller's; what is left is told by the answer.
            return false;
        }
    }

    /// <summary>Stops the workers after their tiles; scenes that are not closed are abandoned.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        foreach (var run in _scenes.Open)
        {
            await run.DisposeAsync();
        }

        _context.Dispatcher.Dispose();
        _context.Cache.Dispose();
        _pool.Dispose();
        _pendingDeliveries.Dispose();
        _scenes.Dispose();
    }
}
