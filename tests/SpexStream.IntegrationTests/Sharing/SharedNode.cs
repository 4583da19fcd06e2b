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

    private static readonly ProcessingOptions Processing = new() { TileSize = 256, Products = ProductKinds.Masks };
    private readonly SpexMeter _meter = new();
    private readonly LeaseKeeper _keeper;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sharing;

    public SharedNode(PostgresJournal journal, TemporaryFolder folder)
    {
        Journal = journal;
        _keeper = new LeaseKeeper(journal.Leases, Terms, TimeProvider.System);
        var options = Options(folder, journal.Leases.Node);
        Runtime = new LeasedRuntime(options, Ports(options, journal), new()
        {
            Keeper = _keeper,
            Leases = journal.Leases,
            Inbox = journal.Inbox,
            OnRefused = (entry, rejection, _) =>
            {
                Refused.Add((entry, rejection.Sentence));
                return ValueTask.CompletedTask;
            },
        });
        _sharing = Runtime.RunAsync(_stop.Token);
    }

    public PostgresJournal Journal { get; }

    public LeasedRuntime Runtime { get; }

    public RecordedEvents Events { get; } = new();

    public List<(InboxEntry Entry, string Why)> Refused { get; } = [];

    public int Scenes => _keeper.Scenes.Length;

    /// <summary>By what right it works on a scene; null where it has none.</summary>
    public SceneTenure? TenureOf(string scene) => _keeper.TenureOf(SceneId.Parse(scene));

    public bool Has(string scene) => TenureOf(scene) is { Ended.IsCancellationRequested: false };

    /// <summary>A runtime that shares with nobody, for products that nothing disturbed.</summary>
    public static (LocalRuntime Runtime, RecordedEvents Events) Alone(TemporaryFolder folder, SpexMeter meter)
    {
        var (options, events) = (
            Options(folder, "alone") with { OutputRoot = folder["alone-out"] }, new RecordedEvents());
        return (new LocalRuntime(options, PortsOf(options, events, meter)), events);
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await _stop.CancelAsync();
        await _sharing;
        await _keeper.DisposeAsync();
        _meter.Dispose();
        _stop.Dispose();
    }

    private static LocalRuntimeOptions Options(TemporaryFolder folder, string node) => new()
    {
        Processing = Processing,
        Devices = ["cpu:0"],
        OutputRoot = folder["out"],
        WorkRoot = Path.Combine(folder[node], "work"),
    };

    private LocalRuntimePorts Ports(LocalRuntimeOptions options, ISceneJournal journal) =>
        PortsOf(options, Events, _meter) with { Journal = journal };

    private static LocalRuntimePorts PortsOf(LocalRuntimeOptions options, ISceneEvents events, SpexMeter meter) =>
        RuntimeFactory.Ports(
            options, (GdalRasterStore)StripFiles.Store, Identity.Of(StationId.Parse("test"), "0"), events, meter,
            TimeProvider.System);
}
