using MQTTnet.Packets;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>Opens network connections whose packets MQTTnet encodes, frames and decodes.</summary>
internal sealed class MqttNetOpener(TimeProvider time) : ILinkOpener
{
    public async Task<MqttLink> OpenAsync(MqttSession session, bool isFirst, CancellationToken cancellation)
    {
        var options = session.Options;
        using var limit = new ConnectLimit(options, time, cancellation);
        Transport? transport = null;
        try
        {
            transport = await Transport.OpenAsync(options, limit.Token).ConfigureAwait(false);
            var stream = new MqttNetStream(transport.Stream);
            var channel = await MqttNetChannel.OpenAsync(stream, limit.Token).ConfigureAwait(false);
            var answer = await IntroduceAsync(channel, options, isFirst, limit.Token).ConfigureAwait(false);
            var limits = MqttNetPackets.Limits(answer, options.KeepAlive);
            var liveness = new Liveness(limits.KeepAlive, time);
            stream.Watch(liveness);
            var control = new MqttNetControl(session.WriterWork);
            var inbox = new LinkInbox(session, control, liveness);
            var link = new MqttLink(session, time, transport, control, inbox, liveness)
            {
                SessionPresent = answer.IsSessionPresent,
                Reader = new MqttNetReader(channel, options.MaximumPacketBytes, inbox),
                Writer = new MqttNetWriter(channel, session, control, limits, liveness),
            };
            transport = null;
            return link;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw limit.Exceeded();
        }
        finally
        {
            if (transport is not null)
            {
                await transport.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<MqttConnAckPacket> IntroduceAsync(
        MqttNetChannel channel, MqttConnectionOptions options, bool isFirst, CancellationToken cancellation)
    {
        await channel.SendAsync(MqttNetPackets.Connect(options, isFirst), cancellation).ConfigureAwait(false);
        await channel.FlushAsync(cancellation).ConfigureAwait(false);
        var packet = await channel.ReceiveAsync(cancellation).ConfigureAwait(false);
        if (packet is not MqttConnAckPacket answer)
        {
            throw new MqttProtocolException(MqttReasonCode.ProtocolError, $"{packet} instead of CONNACK.");
        }

        return answer.ReasonCode >= MQTTnet.Protocol.MqttConnectReasonCode.UnspecifiedError
            ? throw new MqttRefusedException(
                $"client '{options.ClientId}'", (MqttReasonCode)answer.ReasonCode, answer.ReasonString)
            : answer;
    }
}
