using MQTTnet.Packets;
using MQTTnet.Protocol;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Link;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>The reader over MQTTnet. A message is whole in memory before there is room for it: one more than the bound
/// may be held.</summary>
internal sealed class MqttNetReader(MqttNetChannel channel, int maximumPacketBytes, LinkInbox inbox) : ILinkReader
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var packet = await channel.ReceiveAsync(cancellation).ConfigureAwait(false);
            if (packet is MqttPublishPacket publish)
            {
                await ReceiveAsync(publish, cancellation).ConfigureAwait(false);
            }
            else
            {
                Handle(packet);
            }
        }
    }

    private void Handle(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPubAckPacket puback:
                inbox.PublishAnswered(puback.PacketIdentifier, (MqttReasonCode)puback.ReasonCode);
                break;
            case MqttSubAckPacket answer:
                inbox.RequestAnswered(
                    answer.PacketIdentifier, [.. answer.ReasonCodes.Select(code => (MqttReasonCode)code)]);
                break;
            case MqttUnsubAckPacket answer:
                inbox.RequestAnswered(
                    answer.PacketIdentifier, [.. answer.ReasonCodes.Select(code => (MqttReasonCode)code)]);
                break;
            case MqttPingRespPacket:
                break;
            case MqttDisconnectPacket goodbye:
                LinkInbox.Disconnected((MqttReasonCode)goodbye.ReasonCode, goodbye.ReasonString);
                break;
            default:
                throw Malformed.Protocol($"{packet} was not expected.");
        }
    }

    private async ValueTask ReceiveAsync(MqttPublishPacket packet, CancellationToken cancellation)
    {
        if (packet.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtLeastOnce || packet.TopicAlias != 0
            || !TopicRules.IsName(packet.Topic))
        {
            throw Malformed.Protocol($"{packet} was not agreed.");
        }

        if (packet.Payload.Length > maximumPacketBytes)
        {
            throw new MqttProtocolException(
                MqttReasonCode.PacketTooLarge,
                $"The broker sent {packet.Payload.Length} bytes in one packet, {maximumPacketBytes} were agreed.");
        }

        await inbox.EnterHoldAsync((int)packet.Payload.Length, cancellation).ConfigureAwait(false);
        inbox.Deliver(MqttNetPackets.Message(packet), packet.Dup, packet.PacketIdentifier, []);
    }
}
