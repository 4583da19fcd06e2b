using System.Net;
using System.Text.Json.Nodes;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;
using SpexStream.Messaging.Wire.Topics;
using SpexStream.Tests.Contract;
using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A broker, a running daemon, and a client that hears all that the station says.</summary>
public sealed class DaemonRig : IAsyncDisposable
{
    public static readonly StationId Station = StationId.Parse("no-test");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<MqttMessage> _heard = [];
    private readonly int _port = FreePort.Next();
    private IMqttConnection? _listener;
    private Task _listening = Task.CompletedTask;

    private DaemonRig(
        MosquittoBroker broker, string incoming, string output, string data, string[] settings, string[] more)
    {
        (Broker, Incoming, Out, DataFolder) = (broker, incoming, output, data);
        Daemon = SpexProgram.StartWith(
        settings,
        [
            "run", "--broker", $"mqtt://127.0.0.1:{broker.Port}", "--station", Station.Value, "--node", "node-1",
            "--out", Out,
            "--data", DataFolder, "--allow", Incoming, "--http", $"{_port}", "--tile", "256", .. more,
        ]);
    }

    public MosquittoBroker Broker { get; }

    public SpexProgram Daemon { get; }

    /// <summary>Port of metrics and health.</summary>
    public int Port => _port;

    /// <summary>Folder of the products.</summary>
    public string Out { get; }

    /// <summary>Folder of the daemon's own data.</summary>
    public string DataFolder { get; }

    /// <summary>The one folder that announced rasters may lie in.</summary>
    public string Incoming { get; }

    /// <summary>Where client verbs find the station.</summary>
    public IReadOnlyList<string> ClientOptions =>
        ["--broker", $"mqtt://127.0.0.1:{Broker.Port}", "--station", Station.Value];

    public static Task<DaemonRig> StartAsync(MadeRaster raster, string name, params string[] more) => StartInAsync(
        raster.NewFolder($"{name}-in"), raster.NewFolder($"{name}-out"), raster.NewFolder($"{name}-data"), more);

    /// <summary>Starts with folders of the test's own.</summary>
    public static Task<DaemonRig> StartInAsync(string incoming, string output, string data, params string[] more) =>
        StartInAsync(incoming, output, data, [], more);

    /// <summary>Starts with variables of the environment, NAME=VALUE.</summary>
    public static Task<DaemonRig> StartWithAsync(
        MadeRaster raster, string name, string[] settings, params string[] more) => StartInAsync(
        raster.NewFolder($"{name}-in"), raster.NewFolder($"{name}-out"), raster.NewFolder($"{name}-data"), settings,
        more);

    private static async Task<DaemonRig> StartInAsync(
        string incoming, string output, string data, string[] settings, string[] more)
    {
        var rig = new DaemonRig(
            await MosquittoBroker.StartAsync(MosquittoBroker.Open), incoming, output, data, settings, more);
        try
        {
            await rig.StatusIsAsync(HttpStatusCode.OK);
            rig._listener = await rig.ConnectAsync("listener");
            await rig._listener.SubscribeAsync([new MqttSubscription($"spex/a/{Station}/#")], CancellationToken.None);
            rig._listening = rig.ListenAsync(rig._listener);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public async Task<IMqttConnection> ConnectAsync(string client)
    {
        var connection = new MqttConnectionFactory(TimeProvider.System).Create(new MqttConnectionOptions
        {
            Host = "127.0.0.1",
            Port = Broker.Port,
            ClientId = client,
        });
        await connection.ConnectAsync(CancellationToken.None);
        return connection;
    }

    /// <summary>Announces a payload as a receiving station would.</summary>
    public static async Task AnnounceAsync(IMqttConnection client, ReadOnlyMemory<byte> payload) =>
        await client.PublishAsync(
        new MqttMessage
        {
            Topic = $"spex/a/{Station}/in/strip/sat-1/msi",
            Payload = payload,
            Qos = MqttQos.AtLeastOnce,
            ContentType = "application/geo+json",
        },
        CancellationToken.None);

    /// <summary>The dead letters so far, by the reason in their topic.</summary>
    public string[] DeadLetters() => [.. Heard("dlq/").Select(message => message.Topic.Split('/')[^1])];

    /// <summary>What was heard on the topics of the station that begin so.</summary>
    public MqttMessage[] Heard(string topic)
    {
        lock (_heard)
        {
            return [.. _heard.Where(
                message => message.Topic.StartsWith($"spex/a/{Station}/{topic}", StringComparison.Ordinal))];
        }
    }

    /// <summary>Waits until a scene is closed, and gives its folder.</summary>
    public async Task<string> ClosedAsync(string scene)
    {
        await Eventually.HoldsAsync(
            () => Daemon.HasExited || Heard("out/scene/").Any(message => message.UserProperty("sceneid") == scene
            && message.UserProperty("type")!.EndsWith("scene.closed.v1", StringComparison.Ordinal)));
        Assert.False(Daemon.HasExited, Daemon.Output + Daemon.Error);
        return Path.Combine(Out, scene);
    }

    public async Task<(HttpStatusCode Status, string Body, string? Type)> GetAsync(string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{_port}{path}");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(),
            response.Content.Headers.ContentType?.ToString());
    }

    /// <summary>The value of a metric, 0 when it is not there.</summary>
    public async Task<double> MetricAsync(string series)
    {
        var (_, body, _) = await GetAsync("/metrics");
        var line = body.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null
            ? 0
            : double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until /health/ready answers so.</summary>
    public async Task StatusIsAsync(HttpStatusCode status)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if ((await GetAsync("/health/ready")).Status == status)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!Daemon.HasExited)
            {
                // It does not listen yet.
            }

            Assert.False(limit.IsCancellationRequested, $"never {status}: {Daemon.Output}{Daemon.Error}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
            await _listening;
        }

        await Broker.DisposeAsync();
        _http.Dispose();
        // Whatever a test is about: what the station said in it keeps the contract.
        Assert.Empty(_heard.SelectMany(message => ContractCheck.Faults(
            message.Topic, message.UserProperty("type"), message.ContentType, message.Payload)));
    }

    /// <summary>The data of a message.</summary>
    public static JsonNode Data(MqttMessage message) => JsonNode.Parse(message.Payload.Span)!;

    private async Task ListenAsync(IMqttConnection connection)
    {
        await foreach (var delivery in connection.Deliveries.ReadAllAsync())
        {
            using (delivery)
            {
                lock (_heard)
                {
                    // The memory of a payload goes back with its delivery.
                    _heard.Add(delivery.Message with { Payload = delivery.Message.Payload.ToArray() });
                }

                await delivery.AcknowledgeAsync();
            }
        }
    }
}
