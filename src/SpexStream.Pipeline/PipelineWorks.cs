using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Pixels;
using SpexStream.Pipeline.Products;
using SpexStream.Pipeline.Scenes;
using SpexStream.Pipeline.Sharing;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline;

/// <summary>The work on scenes and tiles of one process, bounded everywhere.</summary>
public sealed class PipelineWorks : IPipelineWorks
{
    private const int MostHalo = 128;
    private readonly LocalRuntimeOptions _options;
    private readonly LocalRuntimePorts _ports;
    private readonly SceneRunContext _context;
    private readonly PixelPool _pool;
    private readonly SemaphoreSlim _pendingDeliveries;
    private readonly HungFileBoard _hungFiles = new();
    private readonly Dictionary<string, FlightRecorder> _recorders = [];
    private readonly StampedStore _files;
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Opens the works; nothing runs until scenes and benches are asked for.</summary>
    /// <param name="options">Bounds and places.</param>
    /// <param name="ports">What it works with; all stay the caller's.</param>
    /// <param name="tiles">Where scenes offer their tiles; the caller's.</param>
    public PipelineWorks(LocalRuntimeOptions options, LocalRuntimePorts ports, ITileDispatcher tiles)
    {
        (_options, _ports, _files) = (options, ports, new StampedStore(ports.Store));
        _pool = new PixelPool(options.PixelPoolBytes);
        _pendingDeliveries = new SemaphoreSlim(options.MaxPendingDeliveries);
        Directory.CreateDirectory(options.WorkRoot);
        _context = new SceneRunContext
        {
            Options = options.Processing,
            Journal = ports.Journal ?? new ForgetfulJournal(),
            Outlives = ports.Journal is not null,
            Backends = ports.Backends,
            Dispatcher = tiles,
            ModelTiles = options.Models is null ? null : tiles,
            ModelReserve = options.Models?.AssemblyReserve ?? TimeSpan.Zero,
            SceneTiles = options.SceneTiles,
            Share = ports.Sharing,
            Admission = new AdmissionGate(options.MaxReadyTiles),
            Cache = new PixelCache(_pool, options.PixelCacheBytes),
            Events = new EventsUntilAbandoned(ports.Events, _abandoned.Token),
            Messages = ports.Messages ?? new NoMessages(),
            Assembler = new SceneAssembler(
                ports.Rasters, ports.Regions, ports.Transforms, ports.Texts, ports.Catalogue, ports.Areas,
                options.OutputRoot, ports.Time),
            Transforms = ports.Transforms,
            Time = ports.Time,
            Meter = ports.Meter,
            WorkRoot = options.WorkRoot,
            Abandoned = _abandoned.Token,
        };
        TileBench = new(_context);
        RecallMarks();
        foreach (var device in options.Devices)
        {
            Record(device);
        }

        Models = options.Models is not { } limits ? null : new ModelDevices(
            [.. options.Devices.Select(DeviceName.Parse)],
            name => new ModelDeviceTools(
                limits, options.Processing.TileSize, Record($"{name}-model"), ports.Devices!, ports.Time,
                () => new WorkerScratch($"{name} answers", _files), () => false, _ => { }, ports.OnDeviceFault));
    }

    /// <summary>Where models are computed; null where the devices only run rules.</summary>
    public ModelDevices? Models { get; }

    /// <inheritdoc/>
    public ImmutableArray<string> Devices => _options.Devices;

    /// <inheritdoc/>
    public int MaxHung => _options.Reads.MaxHung;

    /// <inheritdoc/>
    public int MailboxCapacity => _options.MailboxCapacity;

    /// <inheritdoc/>
    public ISceneJournal Journal => _context.Journal;

    /// <inheritdoc/>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Where tiles of other nodes' scenes are worked.</summary>
    internal TileBench TileBench { get; }

    /// <inheritdoc/>
    public StageTally TilesAtWork { get; } = new();

    /// <inheritdoc/>
    public StageTally Assemblies => _context.Assemblies;

    /// <inheritdoc/>
    public TimeProvider Time => _context.Time;

    /// <inheritdoc/>
    public int HungReads => _hungFiles.Count;

    /// <inheritdoc/>
    public int ReadyTiles => _context.Admission.ReadyTiles;

    /// <inheritdoc/>
    public long MadeReady => _context.Admission.MadeReady;

    /// <inheritdoc/>
    public int WaitingStrips => _context.Admission.Waiting;

    /// <inheritdoc/>
    public int PendingStrips => _options.MaxPendingDeliveries - _pendingDeliveries.CurrentCount;

    /// <inheritdoc/>
    public int StalledScenes => _context.Stalls.Count;

    /// <inheritdoc/>
    public string? Trouble => _context.Stalls.Trouble;

    /// <inheritdoc/>
    public long PixelCacheBytes => _context.Cache.Bytes;

    /// <inheritdoc/>
    public long PixelPoolBytes => _pool.IdleBytes;

    /// <inheritdoc/>
    public ISceneEntity NewScene(SceneId scene, ISceneMailbox mailbox, SceneTenure tenure)
    {
        var over = CancellationTokenSource.CreateLinkedTokenSource(_abandoned.Token, tenure.Ended);
        var context = _context with
        {
            Abandoned = over.Token,
            HasRivals = tenure.Ended.CanBeCanceled,
            Events = new EventsUntilAbandoned(_ports.Events, over.Token),
        };
        return new SceneEntity(scene, context, mailbox, tenure.Writer, over);
    }

    /// <inheritdoc/>
    public IDeviceBench OpenBench(string device, Action onGivenUp) => new DeviceBench(
        device,
        new BenchTools(
            _files, _recorders.GetValueOrDefault(device), _options.Reads, _hungFiles, TilesAtWork, _ports.Meter,
            _ports.Time, Models?.Of(DeviceName.Parse(device))),
        onGivenUp);

    /// <inheritdoc/>
    public ValueTask WaitForGateAsync(CancellationToken cancellation) => _ports.Gate.WaitAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask<IDisposable> AdmitAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        var place = await EnterAsync(cancellation);
        try
        {
            return new StripTurn(await _context.Admission.EnterAsync(TilesOf(delivery), cancellation), place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _pendingDeliveries.WaitAsync(cancellation);
        return new PendingPlace(_pendingDeliveries);
    }

    /// <inheritdoc/>
    public async Task AbandonAsync()
    {
        await _abandoned.CancelAsync();
        // A bench may wait for its device's next batch.
        Models?.Stop();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // It has models on lease.
        TileBench.Dispose();
        Models?.Dispose();
        foreach (var recorder in _recorders.Values)
        {
            recorder.Dispose();
        }

        _context.Cache.Dispose();
        _pool.Dispose();
        _pendingDeliveries.Dispose();
        _abandoned.Dispose();
        return ValueTask.CompletedTask;
    }

    private void RecallMarks()
    {
        if (_ports.Journal is { Run: var run })
        {
            foreach (
                var marks in FlightRecorder.Read(_options.DevicesRoot, run.Crashed).GroupBy(found => found.Mark.Scene))
            {
                _context.Marks[marks.Key] = [.. marks];
            }
        }
    }

    private FlightRecorder? Record(string name) =>
        _ports.Journal is not { Run.Number: var number } ? null
        : _recorders[name] = new FlightRecorder(_options.DevicesRoot, name, number, _ports.OnRecorderFault);

    // Tiles whose rows, with what lies around them, the strip meets.
    private int TilesOf(StripDelivery delivery)
    {
        var size = _context.Options.TileSize;
        var columns = (delivery.Scene.Width + size - 1) / size;
        return columns * (((delivery.Info.Height + (2 * MostHalo) + size - 1) / size) + 1);
    }

    private sealed class PendingPlace(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }

    private sealed class StripTurn(IDisposable turn, IDisposable place) : IDisposable
    {
        public void Dispose()
        {
            turn.Dispose();
            place.Dispose();
        }
    }
}
