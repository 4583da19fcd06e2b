using System.Collections.Concurrent;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Leases;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.Journal.Postgres;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Leases;
using SpexStream.Raster;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>A node in this process: its own journal connections, leases, work folder and devices; products lie in a
/// folder that all share.</summary>
internal sealed class SharedNode : IAsyncDisposable
{
    public static readonly LeaseTerms Terms = new()
    {
        Term = TimeSpan.FromSeconds(3),
        Margin = TimeSpan.FromSeconds(0.9),
        RenewAfter = TimeSpan.FromSeconds(0.9),
        AskAgainAfter = TimeSpan.FromSeconds(0.2),
    };

    /// <summary>For what must hold also where a machine is so busy that a node does not come to renew in seconds.
    /// </summary>
    public static readonly LeaseTerms Patient = Terms with
    {
        Term = TimeSpan.FromSeconds(12),
        Margin = TimeSpan.FromSeconds(3),
    };

    public static readonly ProcessingOptions Processing = new() { TileSize = 256, Products = ProductKinds.Masks };
    private readonly SpexMeter _meter = new();
    private readonly SharedTileCount _shared;
    private readonly WatchedBackends _backends;
    private readonly LeaseKeeper _keeper;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sharing;

    public SharedNode(
        PostgresJournal journal, TemporaryFolder folder, ProcessingOptions? sharing = null, Action? onClassify = null,
        LeaseTerms? terms = null, ISceneLeases? leases = null, IStripGate? gate = null,
        int maxScenes = 32)
    {
        Journal = journal;
        _shared = new SharedTileCount(_meter);
        _keeper = new LeaseKeeper(leases ?? journal.Leases, terms ?? Terms, TimeProvider.System, new()
        {
            OnEnded = (key, why) => Ended.Enqueue((key, why)),
        });
        var options = Options(folder, journal.Leases.Node, sharing ?? Processing) with
        {
            MaxOpenScenes = maxScenes,
        };
        var ports = PortsOf(options, Events, _meter);
        _backends = new WatchedBackends(ports.Backends, onClassify ?? (() => { }));
        ports = ports with { Journal = journal, Backends = _backends, Gate = gate ?? new OpenGate() };
        Runtime = new LeasedRuntime(options, ports, new()
        {
            Tiles = sharing is null ? null : new()
            {
                Board = journal.Tiles,
                Folder = SharedFolder(folder),
                OnRefused = Left.Enqueue,
            },
            Keeper = _keeper,
            Leases = leases ?? journal.Leases,
            Inbox = journal.Inbox,
            Unreadable = new UnreadableScenes(TimeProvider.System, (_, fault) => Unreadable.Enqueue(fault)),
            OnRefused = (entry, rejection, _) =>
            {
                Refused.Add((entry, rejection.Sentence));
                return ValueTask.CompletedTask;
            },
            OnAnswered = (_, answer, _) =>
            {
                Answered.Enqueue(answer.Sentence);
                return ValueTask.CompletedTask;
            },
        });
        _sharing = Runtime.RunAsync(_stop.Token);
    }

    public PostgresJournal Journal { get; }

    public LeasedRuntime Runtime { get; }

    public RecordedEvents Events { get; } = new();

    public List<(InboxEntry Entry, string Why)> Refused { get; } = [];

    /// <summary>What it answered to orders that others had passed on.</summary>
    public ConcurrentQueue<string> Answered { get; } = new();

    /// <summary>What it said of scenes that it cannot read.</summary>
    public ConcurrentQueue<JournalDamagedException> Unreadable { get; } = new();

    /// <summary>Leases that it has no more, and why.</summary>
    public ConcurrentQueue<(LeaseKey Key, LeaseEnd Why)> Ended { get; } = new();

    /// <summary>What it said of tiles of others that it did not work.</summary>
    public ConcurrentQueue<string> Left { get; } = new();

    /// <summary>Tiles that it answered for others.</summary>
    public long ForOthers => _shared.ForOthers;

    /// <summary>Tiles of its scenes that others answered.</summary>
    public long ByOthers => _shared.ByOthers;

    /// <summary>Backends that its own scenes and those of others have on lease.</summary>
    public int Leased => _backends.Leased;

    public int Scenes => _keeper.Scenes.Length;

    /// <summary>By what right it works on a scene; null where it has none.</summary>
    public SceneTenure? TenureOf(string scene) => _keeper.TenureOf(SceneId.Parse(scene));

    public bool Has(string scene) => TenureOf(scene) is { Ended.IsCancellationRequested: false };

    /// <summary>A runtime that shares with nobody, for products that nothing disturbed.</summary>
    public static (LocalRuntime Runtime, RecordedEvents Events) Alone(
        TemporaryFolder folder, SpexMeter meter, ProcessingOptions? processing = null)
    {
        var options = Options(folder, "alone", processing ?? Processing) with { OutputRoot = folder["alone-out"] };
        var events = new RecordedEvents();
        return (new LocalRuntime(options, PortsOf(options, events, meter)), events);
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await _stop.CancelAsync();
        await _sharing;
        await _keeper.DisposeAsync();
        _shared.Dispose();
        _meter.Dispose();
        _stop.Dispose();
    }

    /// <summary>Where nodes leave for each other what is too large for the board.</summary>
    public static string SharedFolder(TemporaryFolder folder) => Path.Combine(folder["out"], ".spexstream.tiles");

    private static LocalRuntimeOptions Options(
        TemporaryFolder folder, string node, ProcessingOptions processing) => new()
        {
            Processing = processing,
            Devices = ["cpu:0"],
            OutputRoot = folder["out"],
            WorkRoot = Path.Combine(folder[node], "work"),
        };

    private static LocalRuntimePorts PortsOf(LocalRuntimeOptions options, ISceneEvents events, SpexMeter meter) =>
        RuntimeFactory.Ports(
            options, (GdalRasterStore)StripFiles.Store, Identity.Of(StationId.Parse("test"), "0"), events, meter,
            TimeProvider.System);
}
