using MQTTnet.Packets;
using SpexStream.Messaging.Mqtt.Link;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>The writer over MQTTnet; the order, the identifiers and the repeats are those of the session.</summary>
internal sealed class MqttNetWriter(
    MqttNetChannel channel, MqttSession session, MqttNetControl control, BrokerLimits limits, Liveness liveness)
    : ILinkWriter
{
    private readonly PublishBatch _publishes = new(session, limits);
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
            _publishes.End();
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
            if (_publishes.TryAdd(publish))
            {
                await channel.SendAsync(MqttNetPackets.Publish(publish), cancellation).ConfigureAwait(false);
            }

            isEmpty = false;
        }

        if (!isEmpty)
        {
            await channel.FlushAsync(cancellation).ConfigureAwait(false);
            liveness.Wrote(isMore: false, _hasPing);
            _hasPing = false;
            _publishes.End();
        }

        return !isEmpty;
    }
}
