using System.Buffers;
using System.Net.Sockets;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Link;
using Xunit;

namespace SpexStream.Tests.Mqtt;

/// <summary>The broker's end of one network connection.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client;
    private readonly PacketSource _source;

    public ScriptedPeer(TcpClient client)
    {
        _client = client;
        _source = new PacketSource(client.GetStream(), 1 << 20, () => { });
    }

    /// <summary>Reads the next packet, which must be of this kind; the payload of a message is read over.</summary>
    public async Task<T> ReadAsync<T>()
        where T : IPacket
    {
        using var limit = new CancellationTokenSource(Limit);
        var header = await _source.ReadHeaderAsync(limit.Token);
        if (header.Type != PacketType.Publish)
        {
            return Assert.IsType<T>(await _source.ReadControlAsync(header, limit.Token));
        }

        var publish = await _source.ReadPublishAsync(header, limit.Token);
        await _source.ReadPayloadAsync(new byte[publish.PayloadLength], limit.Token);
        return Assert.IsType<T>((IPacket)publish);
    }

    public Task SendAsync(params IPacket[] packets)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var packet in packets)
        {
            packet.Encode(bytes);
        }

        return SendAsync(bytes.WrittenSpan.ToArray());
    }

    public Task SendAsync(byte[] bytes) => _client.GetStream().WriteAsync(bytes).AsTask();

    public void Dispose() => _client.Dispose();
}
