using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt;
using SpexStream.Messaging.Mqtt.Link;
using Xunit;

namespace SpexStream.Tests.Mqtt;

/// <summary>When a client supposes that another one uses its id.</summary>
public sealed class ShortLivesTests
{
    private static readonly MqttBackoff Backoff = new() { SupposeTakeoverAfter = 3 };
    private static readonly MqttException Closed = new LinkLostException("closed");
    private readonly ShortLives _lives = new(Backoff);

    [Fact]
    public void It_does_when_the_broker_closes_one_connection_after_the_other_without_a_word()
    {
        Assert.Null(Reason(1));
        Assert.Null(Reason(1));
        Assert.Equal(MqttReasonCode.SessionTakenOver, Reason(1));
        // The other one comes back each time that we have come back, for as long as both are there.
        Assert.Equal(MqttReasonCode.SessionTakenOver, Reason(45));
        Assert.Null(Reason(150));
        Assert.Null(Reason(1));
    }

    [Fact]
    public void It_does_not_when_the_broker_was_away_in_between_or_the_connection_was_stable()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(Reason(1));
            Assert.Null(Reason(1));
            Assert.Null(i % 2 == 0 ? Reason(null) : Reason(20));
        }
    }

    [Fact]
    public void A_broker_that_gives_a_reason_is_believed()
    {
        for (var i = 0; i < 10; i++)
        {
            var told = new LinkLostException("told", MqttReasonCode.ServerShuttingDown);
            Assert.Same(told, _lives.Explain(told, TimeSpan.FromSeconds(1)));
        }
    }

    [Fact]
    public void Coming_back_after_a_takeover_takes_long()
    {
        Assert.Equal(Backoff.AfterTakeover / 2, Backoff.DelayAfterTakeover(0));
        Assert.True(Backoff.DelayAfterTakeover(0) > Backoff.Longest);
    }

    private MqttReasonCode? Reason(int? seconds) =>
        LinkErrors.ReasonOf(_lives.Explain(Closed, seconds is { } lived ? TimeSpan.FromSeconds(lived) : null));
}
