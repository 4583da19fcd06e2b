using SpexStream.Domain.Devices;
using Xunit;

namespace SpexStream.Tests.Devices;

public sealed class BatchRuleTests
{
    private static readonly BatchRule Rule = new(4, TimeSpan.FromMilliseconds(20));

    [Fact]
    public void A_full_batch_goes_at_once() => Assert.Null(Rule.WaitFor(4, TimeSpan.Zero));

    [Theory]
    [InlineData(0, 20)]
    [InlineData(15, 5)]
    [InlineData(20, null)]
    [InlineData(25, null)]
    public void The_first_tile_waits_for_company_no_longer_than_the_limit(int waited, int? left) => Assert.Equal(
        left is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        Rule.WaitFor(1, TimeSpan.FromMilliseconds(waited)));
}
