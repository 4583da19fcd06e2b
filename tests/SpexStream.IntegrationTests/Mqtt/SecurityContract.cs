using SpexStream.Domain.Ports.Mqtt;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Mqtt;

/// <summary>Passwords, rights and certificates.</summary>
public abstract class SecurityContract : MqttContract
{
    [RequiresMosquittoFact]
    public async Task A_bad_password_fails_the_first_connect_with_the_brokers_reason()
    {
        await using var broker = await PasswordBroker.StartAsync("right");
        var options = Options(broker.Port) with { User = "station", Password = "wrong" };
        await using var connection = Factory.Create(options);

        var refused = await Assert.ThrowsAsync<MqttRefusedException>(() => connection.ConnectAsync(Limit));

        Assert.Contains(refused.Reason, new[] { MqttReasonCode.BadUserNameOrPassword, MqttReasonCode.NotAuthorized });
        Assert.Contains($"{refused.Reason}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refused.Message, StringComparison.Ordinal);
        Assert.Equal(MqttConnectionPhase.Closed, connection.State.Phase);
        Assert.Equal(1, connection.Counters.FailedConnects);
    }

    [RequiresMosquittoFact]
    public async Task The_right_password_connects()
    {
        await using var broker = await PasswordBroker.StartAsync("right");
        await using var connection = await ConnectAsync(
            Options(broker.Port) with { User = "station", Password = "right" });
        Assert.Equal(MqttConnectionPhase.Connected, connection.State.Phase);
    }

    [RequiresMosquittoFact]
    public async Task With_retries_asked_for_the_first_connect_waits_for_the_broker()
    {
        await using var broker = MosquittoBroker.Prepare(MosquittoBroker.Open);
        await using var patient = Factory.Create(Options(broker.Port) with { RetryFirstConnect = true });
        await using var hasty = Factory.Create(Options(broker.Port));

        var connecting = patient.ConnectAsync(Limit);
        await WaitForAsync(patient, MqttConnectionPhase.Waiting);
        await Assert.ThrowsAnyAsync<MqttException>(() => hasty.ConnectAsync(Limit));
        await broker.StartAsync();
        await connecting;

        Assert.Equal(MqttConnectionPhase.Connected, patient.State.Phase);
    }

    [RequiresMosquittoFact]
    public async Task A_first_connect_can_be_cancelled()
    {
        await using var broker = MosquittoBroker.Prepare(MosquittoBroker.Open);
        await using var connection = Factory.Create(Options(broker.Port) with { RetryFirstConnect = true });
        using var cancellation = new CancellationTokenSource();
        var connecting = connection.ConnectAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [RequiresMosquittoFact]
    public async Task What_the_rights_forbid_is_refused_by_name_and_the_rest_goes_on()
    {
        await using var broker = MosquittoBroker.Prepare([.. MosquittoBroker.Open, "acl_file {folder}/acl"]);
        await File.WriteAllTextAsync(Path.Combine(broker.Folder, "acl"), "topic readwrite open/#\n", Limit);
        await broker.StartAsync();
        await using var connection = await SubscribedAsync(Options(broker.Port), "open/#");

        var publish = await Assert.ThrowsAsync<MqttRefusedException>(
            () => connection.PublishAsync(Text("secret", ""), Limit));
        await connection.PublishAsync(Text("open/x", "allowed"), Limit);

        Assert.Equal(MqttReasonCode.NotAuthorized, publish.Reason);
        Assert.Equal(["allowed"], await TakeTextsAsync(connection, 1));
        Assert.Equal(1, connection.Counters.PublishesRefused);
    }

    [RequiresMosquittoFact]
    public async Task Tls_with_a_private_authority_and_a_client_certificate_carries_messages_of_any_size()
    {
        await using var broker = PrepareTls(out var authority, out var client);
        using var disposing = authority;
        await broker.StartAsync();
        var options = Options(broker.Port) with { Tls = client };
        await using var connection = await SubscribedAsync(options, "a");
        var payload = new byte[3 << 20];
        new Random(1).NextBytes(payload);

        await connection.PublishAsync(new MqttMessage { Topic = "a", Payload = payload }, Limit);
        using var delivery = await connection.Deliveries.ReadAsync(Limit);

        Assert.True(delivery.Message.Payload.Span.SequenceEqual(payload));
    }

    [RequiresMosquittoFact]
    public async Task Tls_trusts_only_the_given_authority_and_the_broker_only_known_clients()
    {
        await using var broker = PrepareTls(out var authority, out var client);
        using var disposing = authority;
        using var stranger = new TestAuthority(broker.Folder, "stranger");
        await broker.StartAsync();

        foreach (var wrong in new[]
        {
            client with { CaFile = stranger.File },
            client with { CaFile = null },
            client with { ServerName = "another.example" },
            client with { CertificateFile = null, KeyFile = null },
        })
        {
            await using var connection = Factory.Create(Options(broker.Port) with { Tls = wrong });
            await Assert.ThrowsAnyAsync<MqttException>(() => connection.ConnectAsync(Limit));
        }
    }

    private static MosquittoBroker PrepareTls(out TestAuthority authority, out MqttTlsOptions client)
    {
        var broker = MosquittoBroker.Prepare(
        [
            .. MosquittoBroker.Open, "cafile {folder}/authority.crt", "certfile {folder}/broker.crt",
            "keyfile {folder}/broker.key", "require_certificate true",
        ]);
        authority = new TestAuthority(broker.Folder, "authority");
        authority.Issue("broker");
        var (certificate, key) = authority.Issue("client");
        client = new MqttTlsOptions { CaFile = authority.File, CertificateFile = certificate, KeyFile = key };
        return broker;
    }
}
