using SpexStream.Domain.Devices;
using Xunit;

namespace SpexStream.Tests.Devices;

public sealed class BatchRuleTests
{
    private static readonly BatchRule Rule = new(4, TimeSpan.FromMilliseconds(20));

    [Fact]
    public void An_empty_batch_waits_for_ever() =>
        Assert.Equal(Timeout.InfiniteTimeSpan, Rule.WaitFor(0, TimeSpan.Zero, deviceIsIdle: true));

    [Fact]
    public void A_full_batch_goes_at_once() => Assert.Null(Rule.WaitFor(4, TimeSpan.Zero, deviceIsIdle: false));

    [Theory]
    [InlineData(0, 20)]
    [InlineData(15, 5)]
    [InlineData(20, null)]
    [InlineData(25, null)]
    public void An_idle_device_waits_for_company_no_longer_than_the_limit(int waited, int? left) => Assert.Equal(
        left is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        Rule.WaitFor(1, TimeSpan.FromMilliseconds(waited), deviceIsIdle: true));

    [Fact]
    public void While_the_device_is_busy_there_is_more_time_to_fill() => Assert.Equal(
        TimeSpan.FromMilliseconds(55), Rule.WaitFor(1, TimeSpan.FromMilliseconds(25), deviceIsIdle: false));
}
