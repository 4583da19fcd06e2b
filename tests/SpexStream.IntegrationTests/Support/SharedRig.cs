using System.Globalization;
using System.Net;
using SpexStream.Domain.Ports.Mqtt;
using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>Daemons of one group as processes: one broker, one database, one folder of products, each a folder of its
/// own. The first is the one of <see cref="DaemonRig"/>, under the name node-1.</summary>
internal sealed class SharedRig : IAsyncDisposable
{
    public const string Share = "north";
    private const string LeaseSeconds = "3";
    private readonly PostgresServer _server;
    private readonly MadeRaster _raster;
    private readonly string _name;
    private readonly string _database;
    private readonly string[] _settings;
    private readonly Dictionary<string, SpexProgram> _nodes = [];
    private readonly List<IMqttConnection> _clients = [];

    private SharedRig(
        PostgresServer server, MadeRaster raster, string name, string database, DaemonRig first, string[] settings)
    {
        (_server, _raster, _name, _database, First, _settings) = (server, raster, name, database, first, settings);
        _nodes["node-1"] = first.Daemon;
    }

    /// <summary>The first node, the broker, and what was heard.</summary>
    public DaemonRig First { get; }

    /// <summary>The address of the database.</summary>
    public string JournalUri => _server.Uri(_database);

    /// <summary>A node by its name.</summary>
    public SpexProgram this[string node] => _nodes[node];

    /// <summary>Starts the first node.</summary>
    public static async Task<SharedRig> StartAsync(
        PostgresServer server, MadeRaster raster, string name, params string[] settings)
    {
        var database = (await server.NewDatabaseAsync()).Name.Split('/')[1];
        var first = await DaemonRig.StartWithAsync(
            raster, name, settings, More(server.Uri(database)));
        return new(server, raster, name, database, first, settings);
    }

    /// <summary>Starts another node and waits until it takes strips.</summary>
    /// <param name="node">Its name.</param>
    /// <param name="leaseSeconds">Its leases.</param>
    /// <param name="brokerPort">Where it finds the broker; null: where all do.</param>
    /// <param name="more">Options of it alone.</param>
    public async Task<SpexProgram> AddAsync(
        string node, string leaseSeconds = LeaseSeconds, int? brokerPort = null, params string[] more)
    {
        var port = FreePort.Next();
        var program = _nodes[node] = SpexProgram.StartWith(
            _settings,
            [
                "run", "--broker", $"mqtt://127.0.0.1:{brokerPort ?? First.Broker.Port}", "--station",
                DaemonRig.Station.Value, "--node", node, "--out", First.Out, "--data",
                _raster.NewFolder($"{_name}-{node}"), "--allow", First.Incoming, "--http",
                port.ToString(CultureInfo.InvariantCulture), "--tile", "256", .. More(JournalUri, leaseSeconds),
                .. more,
            ]);
        using var http = new HttpClient();
        await UntilAsync(
            async () =>
            {
                try
                {
                    using var answer = await http.GetAsync(
                        new Uri($"http://127.0.0.1:{port}/health/ready"), CancellationToken.None);
                    return answer.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException) when (!program.HasExited)
                {
                    // It does not listen yet.
                    return false;
                }
            },
            () => program.Output + program.Error);
        return program;
    }

    /// <summary>Asks the journal, and gives the first value.</summary>
    public Task<object?> SqlAsync(string sql) => _server.RunAsync(_database, "SET search_path = spexstream; " + sql);

    /// <summary>Who has a scene or a role; null for nobody.</summary>
    public async Task<string?> OwnerAsync(string key) => await SqlAsync(
        $"SELECT node FROM leases WHERE scene = '{key}' AND expires_at > clock_timestamp()") as string;

    /// <summary>Waits until somebody among the nodes has a scene or a role, and gives its name.</summary>
    public async Task<string> OwnedAsync(string key, Func<string, bool>? by = null)
    {
        string? owner = null;
        await UntilAsync(
            async () => (owner = await OwnerAsync(key)) is not null && by?.Invoke(owner) != false, AllOutput);
        return owner!;
    }

    /// <summary>Waits until something is so.</summary>
    public Task UntilAsync(Func<Task<bool>> condition) => UntilAsync(condition, AllOutput);

    /// <summary>A connection of a client, closed at the end.</summary>
    public async Task<IMqttConnection> ConnectAsync(string client)
    {
        var connection = await First.ConnectAsync(client);
        _clients.Add(connection);
        return connection;
    }

    /// <summary>A client that gives commands.</summary>
    public async Task<CommandClient> ChiefAsync() =>
        await new CommandClient(await ConnectAsync("chief"), "op").ListenAsync();

    /// <summary>Announcements of the strips of a scene, to be sent one by one.</summary>
    public async Task<MqttMessage[]> StripsAsync(string scene, int strips, params string[] more)
    {
        await using var listener = await First.ConnectAsync($"copies-{scene}");
        await listener.SubscribeAsync([new MqttSubscription("spex/a/copies/in/strip/#")], CancellationToken.None);
        var (code, output, error) = await SpexProgram.RunAsync(
            ["submit", _raster.Path, .. MadeRaster.Options, "--broker", $"mqtt://127.0.0.1:{First.Broker.Port}",
                "--station", "copies", "--scene", scene, "--spool", First.Incoming, "--strips", $"{strips}", .. more]);
        Assert.True(code == 0, output + error);
        var heard = new MqttMessage[strips];
        for (var strip = 0; strip < strips; strip++)
        {
            using var delivery = await listener.Deliveries.ReadAsync(CancellationToken.None);
            await delivery.AcknowledgeAsync();
            heard[strip] = delivery.Message with
            {
                Topic = delivery.Message.Topic.Replace(
                    "/copies/", $"/{DaemonRig.Station}/", StringComparison.Ordinal),
                Payload = delivery.Message.Payload.ToArray(),
            };
        }

        return heard;
    }

    /// <summary>Announces strips in order; each is with the broker when this ends.</summary>
    public async Task AnnounceAsync(params IEnumerable<MqttMessage> strips)
    {
        await using var sender = await First.ConnectAsync("sender");
        foreach (var strip in strips)
        {
            await sender.PublishAsync(strip, CancellationToken.None);
        }
    }

    /// <summary>Waits until a scene is closed once, whoever closed it, and gives what was said of that.</summary>
    public async Task<MqttMessage> ClosedAsync(string scene)
    {
        await UntilAsync(() => Task.FromResult(Closings(scene).Length > 0));
        return Assert.Single(Closings(scene));
    }

    /// <summary>Ids under which two different things were said.</summary>
    public string[] DoubledIds() =>
    [
        .. First.Heard("out/").GroupBy(message => message.UserProperty("id")!)
            .Where(said => said.Select(message => Convert.ToHexString(message.Payload.Span)).Distinct().Count() > 1)
            .Select(said => said.Key),
    ];

    /// <summary>Ids of what was said more than once.</summary>
    public string[] RepeatedIds() =>
    [
        .. First.Heard("out/").GroupBy(message => message.UserProperty("id")!)
            .Where(said => said.Count() > 1).Select(said => said.Key),
    ];

    /// <summary>Strips that the journal has taken of a scene.</summary>
    public async Task<long> AcceptedAsync(string scene) => (long)(await SqlAsync(
        $"SELECT count(*) FROM facts WHERE scene = '{scene}' "
        + "AND convert_from(body, 'UTF8') LIKE '%\"strip-accepted\"%'"))!;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var node in _nodes.Values.Where(node => node != First.Daemon))
        {
            await node.DisposeAsync();
        }

        await First.DisposeAsync();
    }

    private MqttMessage[] Closings(string scene) =>
    [
        .. First.Heard("out/scene/").Where(message => message.UserProperty("sceneid") == scene
            && message.UserProperty("type")!.EndsWith("scene.closed.v1", StringComparison.Ordinal)),
    ];

    private static string[] More(string journal, string leaseSeconds = LeaseSeconds) =>
        ["--journal", journal, "--share", Share, "--lease-seconds", leaseSeconds, "--commands", "true"];

    private string AllOutput() =>
        string.Concat(_nodes.Select(node => $"== {node.Key}\n{node.Value.Output}{node.Value.Error}"));

    private static async Task UntilAsync(Func<Task<bool>> condition, Func<string> words)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, "it never came about\n" + words());
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
