using System.Net;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Packets;

namespace SpexStream.Messaging.Mqtt.MqttNet;

/// <summary>
/// MQTTnet's channel of packets over a stream of ours. It stands below MQTTnet's own client, which reads on into an
/// unbounded queue while deliveries are held and gives a repeated publish a new identifier. One reader and one writer
/// at a time.
/// </summary>
internal sealed class MqttNetChannel
{
    private readonly MqttNetStream _stream;
    private readonly IMqttChannelAdapter _packets;

    private MqttNetChannel(MqttNetStream stream, IMqttChannelAdapter packets) =>
        (_stream, _packets) = (stream, packets);

    /// <summary>True when what was sent should be flushed before more is added.</summary>
    public bool IsBatchFull => _stream.IsBatchFull;

    public static async Task<MqttNetChannel> OpenAsync(MqttNetStream stream, CancellationToken cancellation)
    {
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithEndPoint(new DnsEndPoint("broker", 1))
            .WithStreamProvider(new Given(stream))
            .Build();
        var packets = new MqttClientAdapterFactory().CreateClientAdapter(options, null, MqttNetNullLogger.Instance);
        await packets.ConnectAsync(cancellation).ConfigureAwait(false);
        return new MqttNetChannel(stream, packets);
    }

    /// <summary>Writes a packet; small ones wait for <see cref="FlushAsync"/>.</summary>
    public async ValueTask SendAsync(MqttPacket packet, CancellationToken cancellation)
    {
        try
        {
            await _packets.SendPacketAsync(packet, cancellation).ConfigureAwait(false);
        }
        catch (Exception foreign) when (MqttNetErrors.IsForeign(foreign))
        {
            throw MqttNetErrors.Translate(foreign);
        }
    }

    public Task FlushAsync(CancellationToken cancellation) => _stream.FlushAsync(cancellation);

    /// <summary>Reads the next packet. What MQTTnet takes for a closed connection is thrown.</summary>
    public async ValueTask<MqttPacket> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            var packet = await _packets.ReceivePacketAsync(cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return packet ?? throw MqttNetErrors.Closed(_stream.Failure);
        }
        catch (Exception foreign) when (MqttNetErrors.IsForeign(foreign))
        {
            throw MqttNetErrors.Translate(foreign);
        }
    }

    private sealed class Given(Stream stream) : IMqttClientStreamProvider
    {
        public Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken) =>
            Task.FromResult(stream);
    }
}
