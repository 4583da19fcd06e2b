using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Explanation;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Spectral;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Publishing;
using SpexStream.Pipeline;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>Makes a runtime.</summary>
internal delegate IPipelineRuntime RuntimeMaker(LocalRuntimeOptions options, LocalRuntimePorts ports);

/// <summary>The pipeline in this process and warm: no broker, no announcement on a wire, nothing forced to the
/// disk.</summary>
internal sealed class LocalProcessing : ISceneEvents, IBackendFactory, IRegionTexts, IAsyncDisposable
{
    private readonly IPipelineRuntime _runtime;
    private readonly ProcessingOptions _options;
    private readonly ISceneJournal? _journal;
    private readonly GdalRasterStore _store = new(new RasterOptions());
    private readonly SpexMeter _meter = new();
    private readonly DeviceMeter _devices = new();
    private readonly ModelOnDevices? _model;
    private TaskCompletionSource _closed = new();

    public LocalProcessing(
        string folder, ProcessingOptions options, ISceneJournal? journal = null, ModelOnDevices? model = null,
        RuntimeMaker? make = null)
    {
        (_options, _journal, _model) = (options, journal, model);
        OutputRoot = Path.Combine(folder, "out");
        var identity = new StationIdentity
        {
            Station = StationId.Parse("bench"),
            Software = [new SoftwareVersion("GDAL", _store.LibraryVersion)],
            Model = new ModelFacts("spectral", "bench"),
        };
        var places = new LocalRuntimeOptions
        {
            Processing = options,
            WorkRoot = Path.Combine(folder, "work"),
            OutputRoot = OutputRoot,
        };
        _runtime = (make ?? Local)(
            model is null ? places : places with { Devices = model.Devices, Models = model.Limits },
            new LocalRuntimePorts
            {
                Store = _store,
                Rasters = new GdalByteRasterWriters(),
                Regions = new GdalRegionWriters(),
                Transforms = new GdalCoordinateTransforms(),
                Backends = this,
                Texts = this,
                Catalogue = new StacCatalogue(identity),
                Events = this,
                Journal = journal,
                Messages = journal is null ? null : new SceneMessages(identity, TimeProvider.System, _ => { }),
                Meter = _meter,
                Devices = _devices,
                Time = TimeProvider.System,
            });
    }

    /// <summary>Folder of the products, one folder a scene.</summary>
    public string OutputRoot { get; }

    private static LocalRuntime Local(LocalRuntimeOptions options, LocalRuntimePorts ports) => new(options, ports);

    /// <summary>Begins; needed by runtimes other than the in-process one.</summary>
    public async Task BeginAsync() => await _runtime.RecoverAsync(default);

    /// <summary>Opens the model on its devices.</summary>
    public Task PrepareAsync() => ((LocalRuntime)_runtime).Works.Models!.PrepareAsync(_model!.Pack);

    /// <summary>Works on a scene of one strip until its products are in place.</summary>
    public async Task ProcessAsync(StripAnnouncement strip)
    {
        _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var info = _store.Describe(strip.Data.Href!.LocalPath!);
        var (delivery, rejection) = StripPlacement.Place(strip, info, null);
        if (delivery is null || await _runtime.DeliverAsync(delivery, default) is not DeliveryOutcome.Accepted)
        {
            throw new InvalidOperationException($"The strip was refused: {rejection?.Sentence}");
        }

        await _closed.Task;
    }

    public ITileBackend Create(SceneImagery imagery) => _model is not null
        ? _model.Pack.BackendFor(
            imagery,
            new LearnedOptions
            {
                Classes = _options.Classes,
                TileSize = _options.TileSize,
                Fallback = _options.SecondOpinion ? Rules(imagery) : null,
            })
        : Rules(imagery);

    private SpectralBackend Rules(SceneImagery imagery) => new(
        imagery,
        new SpectralOptions
        {
            Classes = _options.Classes,
            Outputs = SpectralOutputs.Confidence | SpectralOutputs.Indices,
        });

    public Func<RegionFacts, string> NarratorOf(ClassFacts scene)
    {
        var narrator = new RegionNarrator(scene);
        return region => narrator.Explain(region).Text;
    }

    public ValueTask OpenedAsync(SceneSpec scene) => ValueTask.CompletedTask;

    public ValueTask ProgressedAsync(SceneSpec scene, SceneProgressFacts progress) => ValueTask.CompletedTask;

    public ValueTask StripSummarisedAsync(SceneSpec scene, StripEntry strip, ImmutableArray<ClassFacts> classes) =>
        ValueTask.CompletedTask;

    public ValueTask TileGivenUpAsync(SceneSpec scene, string reason) =>
        FailedAsync(scene, new InvalidOperationException(reason));

    public ValueTask ClosedAsync(SceneOutcome outcome)
    {
        _closed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask BrokenAsync(SceneId scene, Exception fault)
    {
        _closed.TrySetException(fault);
        return ValueTask.CompletedTask;
    }

    public ValueTask FailedAsync(SceneSpec scene, Exception fault)
    {
        _closed.TrySetException(fault);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync();
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }

        _meter.Dispose();
        _devices.Dispose();
    }
}
