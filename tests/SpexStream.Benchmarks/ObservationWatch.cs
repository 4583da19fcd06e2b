using System.Diagnostics;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Publishing;
using SpexStream.Messaging.Wire.Announcements;
using SpexStream.Messaging.Wire.Envelope;
using SpexStream.Messaging.Wire.Reading;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Benchmarks;

/// <summary>Announces a scene and waits for what the daemon says of it.</summary>
internal sealed class ObservationWatch(IMqttConnection connection, StationId station, int classes)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public Task SubscribeAsync() => connection.SubscribeAsync(
        [
            new MqttSubscription(TopicFilters.Everything(station)),
            new MqttSubscription(TopicFilters.DeadLetters(station)),
        ],
        default);

    /// <summary>Seconds from the announcement to the first observation, and to the last class's final one. Comes back
    /// when the scene is closed.</summary>
    public async Task<(double First, double Final)> AnnounceAsync(StripAnnouncement strip)
    {
        var message = MqttOutbox.ToMqtt(StripAnnouncementEncoder.Encode(
            strip, new WireContext(station, TimeProvider.System.GetUtcNow())));
        var (first, final, finals) = (double.NaN, double.NaN, 0);
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var started = Stopwatch.GetTimestamp();
        await connection.PublishAsync(message, limit.Token);
        while (true)
        {
            using var delivery = await connection.Deliveries.ReadAsync(limit.Token);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await delivery.AcknowledgeAsync();
            var type = delivery.Message.UserProperty("type");
            if (delivery.Message.Topic.Contains("/dlq/", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The daemon gave {strip.Scene} up: {delivery.Message.Topic}");
            }

            if (type == EventTypes.ObservationCreated)
            {
                first = double.IsNaN(first) ? seconds : first;
                finals += IsFinalSummary(delivery.Message) ? 1 : 0;
                final = finals == classes && double.IsNaN(final) ? seconds : final;
            }
            else if (type == EventTypes.SceneClosed)
            {
                return (first, final);
            }
        }
    }

    private static bool IsFinalSummary(MqttMessage message) => ObservationReader.TryRead(
        new InboundMessage(message.Topic, message.Payload, message.ContentType, [])) is
    {
        Kind: ObservationKind.SceneSummary
    };
}
