// Shows the open alerts of a station, then every change of them: AlertListener HOST PORT STATION
using System.Text.Json;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;

// A client id of your own and a session that outlives a restart: the broker keeps what comes meanwhile.
await using var broker = MqttLibrary.Factory(TimeProvider.System).Create(new MqttConnectionOptions
{
    Host = args[0],
    Port = int.Parse(args[1], null),
    ClientId = "alert-listener",
    SessionExpiry = TimeSpan.FromDays(1),
});
await broker.ConnectAsync(default);
await broker.SubscribeAsync([new($"spex/a/{args[2]}/state/alert/#"), new($"spex/a/{args[2]}/out/alert/#")], default);

var seen = new HashSet<string>();
await foreach (var delivery in broker.Deliveries.ReadAllAsync())
{
    using var message = delivery;
    // At least once means perhaps twice, and the same id says the same. The end of a state is empty and has none.
    if (delivery.Message.UserProperty("id") is { } id && seen.Add(id))
    {
        var alert = JsonDocument.Parse(delivery.Message.Payload).RootElement.GetProperty("properties");
        var kind = delivery.Message.Topic.Contains("/state/", StringComparison.Ordinal) ? "open" : "news";
        var (status, severity) = (alert.GetProperty("status"), alert.GetProperty("severity"));
        Console.WriteLine($"{kind} {status} {severity}: {alert.GetProperty("headline")}");
    }
    await delivery.AcknowledgeAsync(); // Only now: what was not dealt with comes again.
}
