using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>The publishes of a writer that are on their way into the stream together. Belongs to the writer's
/// loop.</summary>
internal sealed class PublishBatch(MqttSession session, BrokerLimits limits)
{
    private readonly List<OutgoingPublish> _publishes = [];

    /// <summary>Takes a publish in; false when the broker would not take it, which its sender is told.</summary>
    public bool TryAdd(OutgoingPublish publish)
    {
        if (limits.Objection(publish) is { } objection)
        {
            session.Tally.PublishRefused();
            session.Publishes.Fail(publish, objection);
            return false;
        }

        if (publish.Attempts > 1)
        {
            session.Tally.PublishResent();
        }

        _publishes.Add(publish);
        return true;
    }

    /// <summary>All of them were written, or will not be any more.</summary>
    public void End()
    {
        foreach (var publish in _publishes)
        {
            session.Publishes.EndWriting(publish);
            if (publish.Message.Qos == MqttQos.AtMostOnce)
            {
                session.Tally.PublishDone();
            }
        }

        _publishes.Clear();
    }
}
