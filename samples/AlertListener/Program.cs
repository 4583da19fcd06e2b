// Shows the open alerts of a station, then every change of them: AlertListener HOST PORT STATION
using System.Text.Json;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;

var (host, port, station) = (args[0], int.Parse(args[1], null), args[2]);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) => { pressed.Cancel = true; stop.Cancel(); };

// A client id of your own and a session that outlives a restart: what comes meanwhile is kept by the broker.
await using var broker = MqttLibrary.Factory(TimeProvider.System).Create(new MqttConnectionOptions
{
    Host = host,
    Port = port,
    ClientId = "alert-listener",
    SessionExpiry = TimeSpan.FromDays(1),
});
await broker.ConnectAsync(stop.Token);
await broker.SubscribeAsync([new($"spex/a/{station}/state/alert/#"), new($"spex/a/{station}/out/alert/#")], stop.Token);

var seen = new HashSet<string>();
await foreach (var delivery in broker.Deliveries.ReadAllAsync(stop.Token))
{
    using var message = delivery;
    // At least once means perhaps twice; the same id says the same.
    if (delivery.Message.UserProperty("id") is { } id && seen.Add(id))
    {
        var alert = JsonDocument.Parse(delivery.Message.Payload).RootElement.GetProperty("properties");
        var kind = delivery.Message.Topic.Contains("/state/", StringComparison.Ordinal) ? "open" : "news";
        var (status, severity) = (alert.GetProperty("status"), alert.GetProperty("severity"));
        Console.WriteLine($"{kind} {status} {severity}: {alert.GetProperty("headline")}");
    }

    // Only now: a message that was not dealt with comes again.
    await delivery.AcknowledgeAsync();
}
