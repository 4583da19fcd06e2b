using SpexStream.Domain.Reliability;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Reliability;

public sealed class CallGuardTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly ManualClock _clock = new(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private int _hung;

    [Fact]
    public void A_call_that_comes_back_in_time_is_nobodys_business_and_neither_is_the_time_between_calls()
    {
        using var guard = new CallGuard(Limit, _clock);
        for (var i = 0; i < 5; i++)
        {
            guard.Begin(() => _hung++);
            _clock.Advance(TimeSpan.FromSeconds(59));
            Assert.True(guard.End());
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(0, _hung);
    }

    [Fact]
    public void A_call_that_does_not_come_back_is_given_up_once_and_its_thread_begins_nothing_more()
    {
        using var guard = new CallGuard(Limit, _clock);
        guard.Begin(() => _hung++);
        _clock.Advance(Limit);
        _clock.Advance(Limit);
        Assert.Equal(1, _hung);
        Assert.True(guard.IsGivenUp);
        Assert.False(guard.End());
        Assert.Throws<ObjectDisposedException>(() => guard.Begin(() => _hung++));
    }

    [Fact]
    public void A_call_that_gets_on_is_given_its_time_anew()
    {
        using var guard = new CallGuard(Limit, _clock);
        guard.Begin(() => _hung++);
        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(40));
            guard.Step();
        }

        Assert.Equal(0, _hung);
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, _hung);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(Limit);
        Assert.Equal(1, _hung);
    }
}
