using MQTTnet.Packets;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>The writer over MQTTnet; the order, the identifiers and the repeats are those of the session.</summary>
internal sealed class MqttNetWriter(
    MqttNetChannel channel, MqttSession session, MqttNetControl control, BrokerLimits limits, Liveness liveness)
    : ILinkWriter
{
    private readonly List<OutgoingPublish> _inBatch = [];
    private bool _hasPing;
    private volatile bool _isFinishing;

    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var isLast = _isFinishing;
                while (await WriteBatchAsync(isLast, cancellation).ConfigureAwait(false))
                {
                }

                if (isLast)
                {
                    return;
                }

                await session.WriterWork.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            EndBatch();
        }
    }

    public void Finish()
    {
        _isFinishing = true;
        session.WriterWork.Set();
    }

    /// <returns>False when there was nothing to write.</returns>
    private async ValueTask<bool> WriteBatchAsync(bool controlOnly, CancellationToken cancellation)
    {
        var isEmpty = true;
        while (control.TryTake(out var packet))
        {
            _hasPing |= packet is MqttPingReqPacket;
            await channel.SendAsync(packet, cancellation).ConfigureAwait(false);
            isEmpty = false;
        }

        while (!controlOnly && !channel.IsBatchFull
            && session.Publishes.TakeNext(limits.ReceiveMaximum) is { } publish)
        {
            await AddAsync(publish, cancellation).ConfigureAwait(false);
            isEmpty = false;
        }

        if (!isEmpty)
        {
            await channel.FlushAsync(cancellation).ConfigureAwait(false);
            liveness.Wrote(isMore: false, _hasPing);
            _hasPing = false;
            EndBatch();
        }

        return !isEmpty;
    }

    private async ValueTask AddAsync(OutgoingPublish publish, CancellationToken cancellation)
    {
        if (limits.Objection(publish) is { } objection)
        {
            session.Tally.PublishRefused();
            session.Publishes.Fail(publish, objection);
            return;
        }

        if (publish.Attempts > 1)
        {
            session.Tally.PublishResent();
        }

        _inBatch.Add(publish);
        await channel.SendAsync(MqttNetPackets.Publish(publish), cancellation).ConfigureAwait(false);
    }

    private void EndBatch()
    {
        foreach (var publish in _inBatch)
        {
            session.Publishes.EndWriting(publish);
            if (publish.Message.Qos == MqttQos.AtMostOnce)
            {
                session.Tally.PublishDone();
            }
        }

        _inBatch.Clear();
    }
}
