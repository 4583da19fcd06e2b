using System.Collections.Concurrent;
using System.Collections.Immutable;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Synthesis;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Ingest;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Raster;
using SpexStream.Tests.Support;

namespace SpexStream.Tests.Ingest;

/// <summary>An ingest between a connection and a pipeline that are both the test's; real files.</summary>
internal sealed class IngestBench : IOutbox, IAsyncDisposable
{
    private static readonly DateTimeOffset Sensed = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly SpexMeter _meter = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public IngestBench(
        Func<IngestOptions, IngestOptions>? change = null, Func<IRasterStore, IRasterStore>? wrap = null,
        Func<SpexMeter, IIntakeWatch>? watch = null, StripMemory? known = null)
    {
        Directory.CreateDirectory(Incoming);
        Spool = new Spool(_folder["spool"], "node");
        var options = new IngestOptions
        {
            Limits = AnnouncementLimits.Default,
            ResolvedRoots = [RealPath.Of(Incoming), RealPath.Of(Spool.Folder)],
        };
        options = change?.Invoke(options) ?? options;
        IRasterStore store = new GdalRasterStore(new RasterOptions());
        var opener = new StripOpener(wrap?.Invoke(store) ?? store, new GdalCoordinateTransforms(), options);
        Ingest = new StripIngest(
            Connection, opener, Runtime, Spool, this, Identity.Of(StationId.Parse("test"), "0"), options, _meter,
                Clock, onSpoolTrouble: SpoolTroubles.Enqueue, watch: watch?.Invoke(_meter), known: known);
    }

    public FakeConnection Connection { get; } = new();

    public FakeRuntime Runtime { get; } = new();

    public ManualClock Clock { get; } = new(Sensed.AddMinutes(1));

    public StripIngest Ingest { get; }

    /// <summary>What the ingest told of its spool folder.</summary>
    public ConcurrentQueue<string> SpoolTroubles { get; } = new();

    public string Incoming => _folder["in"];

    public Spool Spool { get; }

    /// <summary>What becomes of a message to the broker; by default it is taken at once.</summary>
    public Func<OutgoingMessage, CancellationToken, Task> OnPost { get; set; } = (_, _) => Task.CompletedTask;

    public ConcurrentQueue<OutgoingMessage> Posted { get; } = new();

    public void Start() => _running = Ingest.RunAsync(_stop.Token);

    /// <summary>Asks the ingest to end, and waits until it has.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Ends as the ingest ends by itself.</summary>
    public Task EndedAsync() => _running.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>A small raster with two bands.</summary>
    public string NewFile(string name)
    {
        var path = Path.Combine(Incoming, name);
        new TestTiff(64, 32, 2, PixelType.UInt16)
        {
            Transform = new(500_000, 10, 0, 5_000_000, 0, -10),
            Epsg = SyntheticScene.EpsgCode,
        }.Write(path, (band, x, y) => band + x + y);
        return path;
    }

    /// <summary>The announcement of a file as a strip of 32 rows.</summary>
    public static StripAnnouncement Strip(string scene, int index, string path) => new()
    {
        ItemId = $"{scene}-{index}",
        Scene = SceneId.Parse(scene),
        Platform = PlatformId.Parse("sat-1"),
        StripIndex = index,
        StripCount = 4,
        RowOffset = index * 32,
        SceneShape = new(128, 64),
        SensingStart = Sensed,
        SensingEnd = Sensed,
        Data = new StripAsset
        {
            Href = StripHref.TryParse(path, out var href) ? href : throw new ArgumentException(path, nameof(path)),
            Bands = [new("green", "green"), new("nir", "nir")],
        },
    };

    /// <summary>The strip is announced.</summary>
    public FakeDelivery Announce(StripAnnouncement strip) =>
        Connection.Receive("spex/a/test/in/strip/sat-1/msi", StripAnnouncementEncoder.ToJson(strip));

    /// <summary>The strip is announced with its file in the message.</summary>
    public FakeDelivery AnnounceInBand(StripAnnouncement strip, string path) => Connection.Receive(MqttOutbox.ToMqtt(
        StripAnnouncementEncoder.EncodeInBand(
            strip, File.ReadAllBytes(path), new WireContext(StationId.Parse("test"), Sensed))));

    /// <summary>Reasons of the dead letters so far.</summary>
    public ImmutableArray<string> DeadLetters() =>
        [.. Posted.Where(message => message.Topic.Contains("/dlq/", StringComparison.Ordinal)).Select(
            message => message.Topic.Split('/')[^1])];

    public async ValueTask PostAsync(OutgoingMessage message, CancellationToken cancellation = default)
    {
        await OnPost(message, cancellation);
        Posted.Enqueue(message);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Ingest.Dispose();
        _stop.Dispose();
        Spool.Dispose();
        _meter.Dispose();
        _folder.Dispose();
    }
}
