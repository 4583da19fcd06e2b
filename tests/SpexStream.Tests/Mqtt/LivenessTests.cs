using SpexStream.Messaging.Mqtt.Link;
using Xunit;

namespace SpexStream.Tests.Mqtt;

public sealed class LivenessTests
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private readonly ManualTime _time = new();
    private readonly Liveness _liveness;

    public LivenessTests() => _liveness = new Liveness(KeepAlive, _time);

    [Fact]
    public void Traffic_both_ways_needs_no_ping()
    {
        for (var i = 0; i < 10; i++)
        {
            Pass(5);
            _liveness.Read();
            _liveness.Wrote(isMore: false);
            Assert.Equal(Verdict.Well, _liveness.Judge());
        }
    }

    [Fact]
    public void Silence_asks_once_and_an_unanswered_ping_means_dead()
    {
        Pass(10);
        Assert.Equal(Verdict.Ping, _liveness.Judge());
        Assert.Equal(Verdict.Well, _liveness.Judge());
        _liveness.Wrote(isMore: false, hadPing: true);
        Pass(9);
        Assert.Equal(Verdict.Well, _liveness.Judge());
        Pass(1);
        Assert.Equal(Verdict.Dead, _liveness.Judge());
    }

    [Fact]
    public void An_answer_starts_the_clock_again()
    {
        Pass(10);
        _liveness.Judge();
        _liveness.Wrote(isMore: false, hadPing: true);
        Pass(5);
        _liveness.Read();
        Pass(4);
        Assert.Equal(Verdict.Well, _liveness.Judge());
    }

    [Fact]
    public void Sending_only_still_asks_for_a_sign_of_life()
    {
        Pass(10);
        _liveness.Wrote(isMore: false);
        Assert.Equal(Verdict.Ping, _liveness.Judge());
    }

    [Fact]
    public void While_we_do_not_read_silence_proves_nothing_but_pings_go_on()
    {
        _liveness.ReadingPaused(true);
        for (var i = 0; i < 10; i++)
        {
            Pass(10);
            Assert.Equal(Verdict.Ping, _liveness.Judge());
            _liveness.Wrote(isMore: false, hadPing: true);
        }

        _liveness.ReadingPaused(false);
        Pass(9);
        Assert.Equal(Verdict.Well, _liveness.Judge());
    }

    [Fact]
    public void A_stuck_write_means_dead_and_a_slow_one_does_not()
    {
        for (var i = 0; i < 5; i++)
        {
            _liveness.Wrote(isMore: true);
            Pass(25);
            Assert.Equal(Verdict.Well, _liveness.Judge());
        }

        Pass(5);
        Assert.Equal(Verdict.Dead, _liveness.Judge());
    }

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
