using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;

namespace SpexStream.Tests.Mqtt;

/// <summary>Valid packets of every kind, from a seed.</summary>
internal sealed class RandomPackets(int seed)
{
    private static readonly string[] Letters = ["a", "Z", "/", "-", "ü", "€", "\U0001F6F0", " ", "0", "\u0001"];

    private readonly Random _random = new(seed);

    public IPacket Next() => _random.Next(11) switch
    {
        0 => Connect(),
        1 => new ConnackPacket(
            false, Pick(MqttReasonCode.NotAuthorized, MqttReasonCode.Success), Bag(PropertyScope.Connack)),
        2 => new PubackPacket(
            Id(), Pick(MqttReasonCode.Success, MqttReasonCode.QuotaExceeded), Bag(PropertyScope.Puback)),
        3 => new SubscribePacket(Id(), Many(Subscription), Bag(PropertyScope.Subscribe)),
        4 => new UnsubscribePacket(Id(), Many(Filter), Bag(PropertyScope.Unsubscribe)),
        5 => new SubackPacket(
            PacketType.Suback, Id(), Many(() => Pick(MqttReasonCode.GrantedQos1, MqttReasonCode.NotAuthorized)),
            Bag(PropertyScope.Suback)),
        6 => new SubackPacket(
            PacketType.Unsuback, Id(), Many(() => Pick(MqttReasonCode.Success, MqttReasonCode.NoSubscriptionExisted)),
            Bag(PropertyScope.Unsuback)),
        7 => new DisconnectPacket(
            Pick(MqttReasonCode.Success, MqttReasonCode.SessionTakenOver), Bag(PropertyScope.Disconnect)),
        8 => Pick(PingPacket.Request, PingPacket.Response),
        _ => Publish(),
    };

    private PublishPacket Publish()
    {
        var qos = _random.Next(2);
        return new PublishPacket
        {
            Topic = Text(1),
            Qos = qos,
            Duplicate = qos > 0 && Chance(),
            Retain = Chance(),
            PacketId = qos > 0 ? Id() : (ushort)0,
            Properties = Bag(PropertyScope.Publish, PropertyId.TopicAlias),
            PayloadLength = Pick(0, 1, 127, 128, 20_000),
        };
    }

    private ConnectPacket Connect() => new()
    {
        ClientId = Text(0),
        CleanStart = Chance(),
        KeepAliveSeconds = Id(),
        Properties = Bag(PropertyScope.Connect),
        Will = Chance() ? new WillSection(Text(1), Bytes(), _random.Next(3), Chance(), Bag(PropertyScope.Will)) : null,
        User = Chance() ? Text(0) : null,
        Password = Chance() ? Bytes() : null,
    };

    private PropertyBag Bag(PropertyScope scope, PropertyId? without = null)
    {
        var bag = new PropertyBag();
        foreach (var id in Enum.GetValues<PropertyId>().OrderBy(_ => _random.Next()))
        {
            var rule = PropertyRule.Of(id);
            if ((rule.Scope & scope) == 0 || id == without || _random.Next(3) == 0)
            {
                continue;
            }

            for (var i = PropertyRule.MayRepeat(id, scope) ? _random.Next(4) : 1; i > 0; i--)
            {
                bag.Add(OfKind(id, rule));
            }
        }

        return bag;
    }

    private Property OfKind(PropertyId id, PropertyRule rule) => rule.Kind switch
    {
        PropertyKind.Byte => Property.Of(id, Pick(rule.Least, 1u)),
        PropertyKind.UInt16 => Property.Of(id, Pick(rule.Least, 1u, 65_535u)),
        PropertyKind.UInt32 => Property.Of(id, Pick(rule.Least, 1u, uint.MaxValue)),
        PropertyKind.VarInt => Property.Of(id, Pick(rule.Least, 127u, 128u, VarInt.Maximum)),
        PropertyKind.Text => Property.Of(id, Text(1)),
        PropertyKind.Binary => Property.Of(id, Bytes()),
        _ => Property.User(Text(0), Text(0)),
    };

    private MqttSubscription Subscription() => new(Filter())
    {
        Qos = Pick(MqttQos.AtMostOnce, MqttQos.AtLeastOnce),
        RetainAsPublished = Chance(),
        RetainHandling = Pick(Enum.GetValues<MqttRetainHandling>()),
    };

    private string Filter() => Pick("#", "+/a/+", "a/b", "$share/g/a/#", "/", Text(1));

    private ImmutableArray<T> Many<T>(Func<T> one) =>
        [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => one())];

    private string Text(int least) =>
        string.Concat(Enumerable.Range(0, _random.Next(least, 40)).Select(_ => Pick(Letters)));

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(50)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private ushort Id() => (ushort)_random.Next(1, 65_536);

    private bool Chance() => _random.Next(2) == 0;

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
