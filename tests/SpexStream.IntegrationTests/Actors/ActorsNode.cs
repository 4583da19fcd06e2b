using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Actors;
using SpexStream.Daemon.Actors;
using SpexStream.Daemon.Composition;
using SpexStream.Daemon.Hosting;
using SpexStream.Daemon.Settings;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Domain.Telemetry;
using SpexStream.IntegrationTests.Sharing;
using SpexStream.Journal.Postgres;
using SpexStream.Pipeline;
using SpexStream.Pipeline.Leases;
using SpexStream.Raster;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;

namespace SpexStream.IntegrationTests.Actors;

/// <summary>A node of an Akka.NET cluster in this process, put together as the daemon does, with a journal in
/// PostgreSQL and the products in a folder that all share.</summary>
internal sealed class ActorsNode : IAsyncDisposable
{
    public static readonly ProcessingOptions Processing = new() { TileSize = 64, Products = ProductKinds.Masks };
    private readonly SpexMeter _meter = new();
    private readonly SharedTileCount _shared;
    private readonly BuiltRuntime _built;
    private readonly CancellationTokenSource _stop = new();
    private Task _sharing = Task.CompletedTask;

    public ActorsNode(
        PostgresJournal journal, TemporaryFolder folder, int port, int[] seeds,
        ManualResetEventSlim? ownersWaitFor = null)
    {
        _shared = new SharedTileCount(_meter);
        var identity = Identity.Of(StationId.Parse("test"), "0");
        // Replies to orders are for the runtime that passes them on by the journal.
        Share = new NodeShare(
            journal, new RunSettings { LeaseSeconds = 3 }, identity, replies: null!, _meter, TimeProvider.System,
            NullLogger.Instance);
        var options = new LocalRuntimeOptions
        {
            Processing = Processing,
            Devices = ["cpu:0"],
            OutputRoot = folder["out"],
            WorkRoot = Path.Combine(folder[journal.Leases.Node], "work"),
        };
        var ports = RuntimeFactory.Ports(
            options, (GdalRasterStore)StripFiles.Store, identity, Events, _meter, TimeProvider.System) with
        {
            Journal = journal,
        };
        if (ownersWaitFor is not null)
        {
            ports = ports with { Backends = new WatchedBackends(ports.Backends, () => Wait(ownersWaitFor)) };
        }

        _built = AkkaRuntimeFactory.Create(
            options, ports, new() { Port = port, Seeds = [.. seeds.Select(seed => $"127.0.0.1:{seed}")] }, Share,
            NullLoggerFactory.Instance, _ => { });
    }

    public NodeShare Share { get; }

    public IPipelineRuntime Runtime => _built.Runtime;

    public IRuntimeFigures Figures => _built.Figures;

    public int Others => ((AkkaRuntime)_built.Figures).Others;

    public RecordedEvents Events { get; } = new();

    /// <summary>Tiles that it answered for others.</summary>
    public long ForOthers => _shared.ForOthers;

    /// <summary>Tiles of its scenes that others answered.</summary>
    public long ByOthers => _shared.ByOthers;

    public async Task BeginAsync()
    {
        await Runtime.RecoverAsync(CancellationToken.None);
        _sharing = ((ISharedRuntime)Runtime).RunAsync(_stop.Token);
    }

    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        Array.ForEach(listeners, listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        Array.ForEach(listeners, listener => listener.Stop());
        return ports;
    }

    private void Wait(ManualResetEventSlim until)
    {
        if (Figures.OpenScenes > 0)
        {
            until.Wait(TimeSpan.FromSeconds(20));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await Share.DisposeAsync();
        await _stop.CancelAsync();
        await _sharing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _shared.Dispose();
        _meter.Dispose();
        _stop.Dispose();
    }
}
