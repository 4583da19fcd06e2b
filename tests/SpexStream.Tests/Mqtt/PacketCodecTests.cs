using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Mqtt;

public sealed class PacketCodecTests(ITestOutputHelper output)
{
    private const int Seed = 20261;

    [Fact]
    public void Every_packet_comes_back_as_it_was()
    {
        output.WriteLine($"seed {Seed}");
        var packets = new RandomPackets(Seed);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = Encode(packets.Next());
            Assert.Equal(bytes, Encode(Decode(bytes)));
        }
    }

    [Fact]
    public void A_publish_comes_back_with_the_same_fields()
    {
        var sent = new PublishPacket
        {
            Topic = "spex/a",
            Qos = 1,
            Retain = true,
            Duplicate = true,
            PacketId = 513,
            PayloadLength = 300,
            Properties = new PropertyBag().Add(Property.User("a", "1")).Add(Property.User("a", "2")),
        };
        var back = Assert.IsType<PublishPacket>(Decode(Encode(sent)));
        Assert.Equal(sent with { Properties = back.Properties }, back);
        Assert.Equal([new("a", "1"), new MqttUserProperty("a", "2")], back.Properties.UserProperties().AsEnumerable());
    }

    [Theory]
    [InlineData("100d00044d5154540502003c03210014", "CONNECT cut off")]
    [InlineData("20030000", "CONNACK cut off")]
    [InlineData("2003010086", "a session with a failure")]
    [InlineData("2003000300", "a reason code that is none")]
    [InlineData("2006000003210000", "Receive Maximum 0")]
    [InlineData("20090000062100012100", "a property twice, cut off")]
    [InlineData("200b00000821000121000100", "a property twice")]
    [InlineData("20060000030b0001", "a property of another packet")]
    [InlineData("20050000027f00", "a property that is none")]
    [InlineData("3003000100", "a topic with U+0000")]
    [InlineData("30040001c000", "a topic that is not UTF-8")]
    [InlineData("3004000123 00", "a topic with a wildcard")]
    [InlineData("3003000000", "no topic")]
    [InlineData("320600016100 0000", "packet identifier 0")]
    [InlineData("3406000161000100", "QoS 2, never asked for")]
    [InlineData("3606000161000100", "QoS 3")]
    [InlineData("380400016100", "a repeat at QoS 0")]
    [InlineData("3007000161 03230001", "a topic alias")]
    [InlineData("4002 0000", "PUBACK for 0")]
    [InlineData("4102 0001", "flags where none may be")]
    [InlineData("8006 0001 00 000161", "SUBSCRIBE without its flags")]
    [InlineData("d001 00", "a ping with content")]
    [InlineData("f000", "AUTH, never offered")]
    [InlineData("0000", "type 0")]
    [InlineData("5002 0001", "PUBREC, never needed")]
    [InlineData("e000ff", "more bytes than the length says")]
    [InlineData("c08000", "a length that is not in its shortest form")]
    [InlineData("c0ffffffff01", "a length of five bytes")]
    public void What_the_standard_forbids_is_refused(string hex, string why) =>
        Assert.True(IsRefused(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))), why);

    [Fact]
    public void Mutated_packets_are_read_or_refused_and_nothing_else()
    {
        output.WriteLine($"seed {Seed}");
        var packets = new RandomPackets(Seed);
        var random = new Random(Seed);
        var refused = 0;
        for (var i = 0; i < 30_000; i++)
        {
            refused += IsRefused(Mutate(Encode(packets.Next()), random)) ? 1 : 0;
        }

        // Both outcomes must be common, or the mutations test nothing.
        Assert.InRange(refused, 5_000, 29_000);
    }

    [Fact]
    public void Values_that_mqtt_cannot_hold_are_not_encoded()
    {
        IPacket[] impossible =
        [
            new PublishPacket { Topic = "a/+" },
            new PublishPacket { Topic = new string('a', 65_536) },
            new PublishPacket { Topic = "\ud800" },
            new PublishPacket { Topic = "a", PayloadLength = 268_435_455 },
            new PublishPacket { Topic = "a", Properties = new PropertyBag().Add(PropertyId.ResponseTopic, "b/#") },
            new PublishPacket { Topic = "a", Properties = new PropertyBag().Add(PropertyId.ReceiveMaximum, 1u) },
            new PublishPacket { Topic = "a", Properties = new PropertyBag().Add(Property.User("\0", "")) },
            new SubscribePacket(1, [new MqttSubscription("a/#/b")], new()),
        ];
        Assert.All(impossible, packet => Assert.ThrowsAny<ArgumentException>(() => Encode(packet)));
    }

    private static byte[] Encode(IPacket packet)
    {
        var target = new ArrayBufferWriter<byte>();
        packet.Encode(target);
        return target.WrittenSpan.ToArray();
    }

    private static IPacket Decode(ReadOnlySpan<byte> bytes)
    {
        Assert.True(FixedHeader.TryRead(bytes, out var header));
        return PacketCodec.Decode(header, bytes[header.Length..]);
    }

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            if (FixedHeader.TryRead(bytes, out var header))
            {
                PacketCodec.Decode(header, bytes.AsSpan(header.Length));
            }

            return false;
        }
        catch (MqttProtocolException)
        {
            return true;
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 4); i > 0 && bytes.Length > 0; i--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                default:
                    bytes = [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
                    break;
            }
        }

        return bytes;
    }
}
