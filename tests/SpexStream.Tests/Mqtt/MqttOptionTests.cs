using SpexStream.Domain.Ports.Mqtt;
using Xunit;

namespace SpexStream.Tests.Mqtt;

public sealed class MqttOptionTests
{
    private static readonly MqttConnectionOptions Good = new() { Host = "broker", ClientId = "node-1" };

    [Fact]
    public void Defaults_are_good() => Assert.Empty(MqttOptionRules.Check(Good));

    [Fact]
    public void All_that_is_wrong_is_named_at_once()
    {
        var errors = MqttOptionRules.Check(Good with
        {
            Host = " ",
            Port = 0,
            ClientId = "",
            ReceiveMaximum = 0,
            Hold = new(0, 1),
            KeepAlive = TimeSpan.FromDays(1),
            Tls = new() { KeyFile = "key" },
        });
        Assert.Equal(8, errors.Length);
        var thrown = Assert.Throws<ArgumentException>(() => MqttOptionRules.Checked(Good with { Port = 70_000 }));
        Assert.Contains("Port", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waits_double_up_to_the_longest_and_spread_over_their_upper_half()
    {
        var backoff = new MqttBackoff { First = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(10) };
        Assert.Equal([0.5, 1, 2, 4, 5, 5], Enumerable.Range(1, 6).Select(i => backoff.Delay(i, 0).TotalSeconds));
        Assert.Equal(10, backoff.Delay(1000, 0.999999999).TotalSeconds, 3);
    }
}
