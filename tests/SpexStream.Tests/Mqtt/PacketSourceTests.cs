using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Link;
using Xunit;

namespace SpexStream.Tests.Mqtt;

public sealed class PacketSourceTests
{
    [Fact]
    public async Task Packets_are_cut_right_however_the_bytes_arrive()
    {
        var random = new Random(99);
        var packets = new RandomPackets(99);
        var sent = Enumerable.Range(0, 300).Select(_ => packets.Next()).ToArray();
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var packet in sent)
        {
            packet.Encode(bytes);
            var payload = new byte[(packet as PublishPacket)?.PayloadLength ?? 0];
            Array.Fill(payload, (byte)payload.Length);
            bytes.Write(payload);
        }

        using var stream = new CrumblingStream(bytes.WrittenSpan.ToArray(), random);
        var source = new PacketSource(stream, 1 << 20, () => { });
        foreach (var packet in sent)
        {
            var header = await source.ReadHeaderAsync(default);
            if (packet is PublishPacket publish)
            {
                var read = await source.ReadPublishAsync(header, default);
                var payload = new byte[read.PayloadLength];
                await source.ReadPayloadAsync(payload, default);
                Assert.Equal(publish with { Properties = read.Properties }, read);
                Assert.DoesNotContain(payload, one => one != (byte)payload.Length);
            }
            else
            {
                var read = await source.ReadControlAsync(header, default);
                Assert.Equal(packet.Type, read.Type);
            }
        }
    }

    [Theory]
    [InlineData("30ffffff7f", "a message of 256 MiB")]
    [InlineData("90ffffff7f", "an answer of 256 MiB")]
    [InlineData("30ffffff3f0001610000", "a message with a header that hides its size")]
    [InlineData("9080808001", "an answer of 2 MiB")]
    [InlineData("3080808008 000161 80808001", "2 MiB of properties")]
    [InlineData("3005 000161 80808001", "properties beyond the end")]
    [InlineData("3003 ffff61", "a topic beyond the end")]
    public async Task What_a_packet_claims_is_refused_before_it_is_allocated(string hex, string why)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        using var stream = new MemoryStream([.. bytes, .. new byte[100]]);
        var source = new PacketSource(stream, 64 << 20, () => { });
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = await Assert.ThrowsAsync<MqttProtocolException>(() => ReadAsync(source));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 256 << 10, why);
        Assert.NotEqual(MqttReasonCode.Success, refused.Reason);
    }

    [Fact]
    public async Task The_end_of_the_stream_is_a_lost_link()
    {
        using var stream = new MemoryStream([0x30, 10, 0]);
        await Assert.ThrowsAsync<LinkLostException>(() => ReadAsync(new PacketSource(stream, 1024, () => { })));
    }

    private static async Task ReadAsync(PacketSource source)
    {
        var header = await source.ReadHeaderAsync(default);
        _ = header.Type == PacketType.Publish
            ? await source.ReadPublishAsync(header, default)
            : await source.ReadControlAsync(header, default);
    }

    /// <summary>Gives its bytes in small pieces of random size.</summary>
    private sealed class CrumblingStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 700))], cancellationToken);
    }
}
