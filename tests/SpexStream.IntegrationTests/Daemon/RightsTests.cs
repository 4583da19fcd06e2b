using System.Text;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using SpexStream.Messaging.Mqtt;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>The example of rights for mosquitto (deploy/mosquitto/acl.example), with users, a broker and a
/// daemon.</summary>
public sealed class RightsTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const string Password = "a long secret";
    private static readonly string[] Users = ["spexstream", "receiver", "operator", "watch", "viewer", "nobody"];
    private static readonly string Root = $"spex/a/{DaemonRig.Station}";

    [RequiresMosquittoFact]
    public async Task A_client_without_rights_can_publish_neither_strips_nor_commands_and_one_with_rights_can()
    {
        await using var broker = await StartBrokerAsync();
        foreach (var (user, strips, commands, replay) in new[]
        {
            ("spexstream", false, false, false), ("receiver", true, false, true), ("operator", false, true, true),
            ("watch", false, false, false), ("viewer", false, false, false), ("nobody", false, false, false),
        })
        {
            await using var client = await ConnectAsync(broker, user);
            Assert.Equal((user, "in", strips), (user, "in", await MayAsync(client, $"{Root}/in/strip/sat-1/msi")));
            Assert.Equal((user, "drain", commands), (user, "drain", await MayAsync(client, $"{Root}/cmd/drain")));
            Assert.Equal((user, "retract", commands), (user, "retract", await MayAsync(client, $"{Root}/cmd/retract")));
            Assert.Equal((user, "replay", replay), (user, "replay", await MayAsync(client, $"{Root}/cmd/replay")));
            Assert.Equal((user, "out", user == "spexstream"),
                (user, "out", await MayAsync(client, $"{Root}/out/mask/water/sat-1")));
            Assert.Equal(
                (user, "reply", user == "spexstream"),
                    (user, "reply", await MayAsync(client, $"{Root}/reply/operator/x")));
        }
    }

    [RequiresMosquittoFact]
    public async Task With_these_rights_strips_are_taken_commands_answered_and_answers_read_by_nobody_else()
    {
        await using var broker = await StartBrokerAsync();
        var secret = Path.Combine(raster.Folder, "secret");
        await File.WriteAllTextAsync(secret, Password);
        var (incoming, address) = (raster.NewFolder("rights-in"), $"mqtt://127.0.0.1:{broker.Port}");
        await using var daemon = SpexProgram.Start(
        [
            "run", "--broker", address, "--station", DaemonRig.Station.Value, "--node", "node-1", "--out",
            raster.NewFolder("rights-out"),
            "--data", raster.NewFolder("rights-data"), "--allow", incoming, "--http", "0", "--tile", "256",
            "--user", "spexstream", "--password-file", secret, "--commands", "true",
        ]);
        await Eventually.HoldsAsync(
            () => daemon.HasExited || daemon.Output.Contains("Listening on", StringComparison.Ordinal));
        Assert.False(daemon.HasExited, daemon.Output + daemon.Error);
        await using var spy = await ConnectAsync(broker, "viewer");
        await spy.SubscribeAsync([new MqttSubscription($"{Root}/reply/#")], CancellationToken.None);
        await using var connection = await ConnectAsync(broker, "operator");
        var chief = await new CommandClient(connection, "operator").ListenAsync();
        Assert.Equal("done paused", await chief.GiveAsync("pause"));
        Assert.Equal("done resumed", await chief.GiveAsync("resume"));

        string[] client = ["--broker", address, "--station", DaemonRig.Station.Value, "--password-file", secret];
        var submit = await SpexProgram.RunAsync(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. client, "--user", "receiver", "--scene", "pass", "--spool",
            incoming,
            "--strips", "2",
        ]);
        Assert.True(submit.Code == 0, submit.Output + submit.Error);
        var watch = await SpexProgram.RunAsync(
            ["watch", .. client, "--user", "viewer", "--until-closed", "pass", "--timeout", "60"]);
        Assert.True(watch.Code == 0, watch.Output + watch.Error + daemon.Output);

        // Without the right to announce, submit says so and fails.
        submit = await SpexProgram.RunAsync(
        [
            "submit", raster.Path, .. MadeRaster.Options, .. client, "--user", "viewer", "--scene", "other", "--spool",
            incoming,
            "--strips", "2",
        ]);
        Assert.Equal(1, submit.Code);
        Assert.Contains("NotAuthorized", submit.Error, StringComparison.Ordinal);
        Assert.Equal(0, spy.Deliveries.Count);
    }

    [RequiresMosquittoFact]
    public async Task What_the_broker_refuses_to_publish_is_told_by_readiness()
    {
        await using var broker = await PasswordBroker.StartAsync(
            Users, Password, $"user spexstream\ntopic read {Root}/in/#\ntopic write {Root}/out/#\n");
        var secret = Path.Combine(raster.Folder, "mute");
        await File.WriteAllTextAsync(secret, Password);
        var port = FreePort.Next();
        await using var daemon = SpexProgram.Start(
        [
            "run", "--broker", $"mqtt://127.0.0.1:{broker.Port}", "--station", DaemonRig.Station.Value, "--node",
            "node-1",
            "--out", raster.NewFolder("mute-out"), "--data", raster.NewFolder("mute-data"), "--allow",
            raster.NewFolder("mute-in"),
            "--http", $"{port}", "--user", "spexstream", "--password-file", secret,
        ]);
        await Eventually.HoldsAsync(
            () => daemon.HasExited || daemon.Output.Contains("will not take a message", StringComparison.Ordinal));
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains(
            $"the broker refuses what is published on {Root}/state/node/node-1",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
    }

    private static async Task<MosquittoBroker> StartBrokerAsync()
    {
        var rights = await File.ReadAllTextAsync(Path.Combine(Repository(), "deploy/mosquitto/acl.example"));
        return await PasswordBroker.StartAsync(
            Users, Password, rights.Replace("no-svalbard", DaemonRig.Station.Value, StringComparison.Ordinal));
    }

    private static async Task<IMqttConnection> ConnectAsync(MosquittoBroker broker, string user)
    {
        var connection = new MqttConnectionFactory(TimeProvider.System).Create(new MqttConnectionOptions
        {
            Host = "127.0.0.1",
            Port = broker.Port,
            ClientId = $"test-{user}",
            User = user,
            Password = Password,
        });
        await connection.ConnectAsync(CancellationToken.None);
        return connection;
    }

    private static async Task<bool> MayAsync(IMqttConnection client, string topic)
    {
        try
        {
            await client.PublishAsync(
                new MqttMessage { Topic = topic, Payload = Encoding.UTF8.GetBytes("{}") }, CancellationToken.None);
            return true;
        }
        catch (MqttRefusedException refused) when (refused.Reason == MqttReasonCode.NotAuthorized)
        {
            return false;
        }
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SpexStream.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
