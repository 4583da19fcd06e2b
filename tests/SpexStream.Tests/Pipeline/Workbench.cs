using SpexStream.Daemon.Composition;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Models;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>A real runtime with its own folders, a manual clock and recorded events.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SpexMeter _meter = new();
    private readonly DeviceMeter _devices = new();

    public Workbench(
        RuntimeKind kind, ProcessingOptions processing, int threads = 2, IRasterStore? store = null,
        RecordedEvents? events = null, Func<LocalRuntimeOptions, LocalRuntimeOptions>? change = null,
        ISceneJournal? journal = null,
        ISceneMessages? messages = null, IBackendFactory? backends = null, Action<DeviceFaultException>? onFault = null,
        bool begins = true)
        : this(
            processing, (options, ports) => Runtimes.Make(kind, options, ports), threads, store, events, change,
            journal,
            messages, backends, onFault, begins)
    {
    }

    /// <summary>With a runtime that the test makes.</summary>
    public Workbench(
        ProcessingOptions processing, RuntimeMaker make, int threads = 2, IRasterStore? store = null,
        RecordedEvents? events = null,
        Func<LocalRuntimeOptions, LocalRuntimeOptions>? change = null, ISceneJournal? journal = null,
        ISceneMessages? messages = null, IBackendFactory? backends = null, Action<DeviceFaultException>? onFault = null,
        bool begins = true)
    {
        Events = events ?? new RecordedEvents();
        var options = new LocalRuntimeOptions
        {
            Processing = processing with { AssemblyThreads = threads, LateGrace = TimeSpan.FromSeconds(1) },
            Devices = [.. Enumerable.Range(0, threads).Select(i => $"cpu:{i}")],
            OutputRoot = OutputRoot,
            WorkRoot = WorkRoot,
        };
        (Runtime, Figures, var works) = make(change is null ? options : change(options), new LocalRuntimePorts
        {
            Store = store ?? StripFiles.Store,
            Rasters = new GdalByteRasterWriters(),
            Regions = new GdalRegionWriters(),
            Transforms = new GdalCoordinateTransforms(),
            Backends = backends ?? new SpectralBackends(processing),
            Devices = _devices,
            OnDeviceFault = onFault ?? (_ => { }),
            Texts = new RegionTexts(),
            Catalogue = new StacCatalogue(Identity.Of(StationId.Parse("test"), "0")),
            Events = Events,
            Journal = journal,
            Messages = messages,
            Meter = _meter,
            Time = Clock,
        });
        Models = works.Models;
        Recovered = begins ? Runtime.RecoverAsync(CancellationToken.None).AsTask() : Task.FromResult(0);
    }

    public ManualClock Clock { get; } = new(
        new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero))
    { Skips = TimeSpan.FromSeconds(30) };

    public RecordedEvents Events { get; }

    public IPipelineRuntime Runtime { get; }

    public IRuntimeFigures Figures { get; }

    /// <summary>Where models are computed; null where the devices only run rules.</summary>
    public ModelDevices? Models { get; }

    /// <summary>Scenes that were taken up at the beginning, where the bench begins by itself.</summary>
    public Task<int> Recovered { get; }

    public string OutputRoot => _folder["out"];

    public string WorkRoot => _folder["work"];

    /// <summary>Waits for something that comes by itself.</summary>
    public static Task ComesAsync(Func<bool> holds) =>
        Task.Run(() => Assert.True(SpinWait.SpinUntil(holds, TimeSpan.FromSeconds(30))));

    /// <summary>The products of a closed scene by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Products(SceneOutcome outcome) =>
        Directory.EnumerateFiles(outcome.Folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);

    /// <summary>The single band of a product.</summary>
    public static byte[] Pixels(SceneOutcome outcome, string name)
    {
        using var reader = StripFiles.Store.Open(Path.Combine(outcome.Folder, name));
        var window = reader.Info.Bounds;
        using var planes = new Domain.Imagery.PixelPlanes(window, window, 1, Domain.Imagery.PixelType.UInt8);
        reader.Read(window, [0], planes, 0, 0);
        return [.. Enumerable.Range(0, window.Height).SelectMany(row => planes.RowSpan<byte>(0, row).ToArray())];
    }

    public async ValueTask DisposeAsync()
    {
        await Recovered;
        await Runtime.DisposeAsync();
        _meter.Dispose();
        _devices.Dispose();
        _folder.Dispose();
    }
}
