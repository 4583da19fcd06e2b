using SpexStream.Domain.Telemetry;
using Xunit;

namespace SpexStream.Tests.Telemetry;

public sealed class BusyShareTests
{
    private readonly BusyShare _share = new();

    [Fact]
    public void Half_of_each_second_is_half_and_is_forgotten_after_a_minute()
    {
        for (var end = 100.75; end < 200; end++)
        {
            _share.Add(TimeSpan.FromSeconds(end), TimeSpan.FromSeconds(0.5));
        }

        Assert.Equal(0.5, _share.Of(TimeSpan.FromSeconds(200)), 0.02);
        Assert.Equal(0.25, _share.Of(TimeSpan.FromSeconds(230)), 0.02);
        Assert.Equal(0, _share.Of(TimeSpan.FromSeconds(261)));
    }

    [Theory]
    [InlineData(2.3, 2.3, 1)]
    [InlineData(0.1, 5, 0.1)]
    [InlineData(90, 30, 0.5)]
    [InlineData(500, 400, 1)]
    public void What_took_longer_counts_where_it_was_and_never_for_more_than_all(double end, double took, double share)
    {
        _share.Add(TimeSpan.FromSeconds(end), TimeSpan.FromSeconds(took));
        Assert.Equal(share, _share.Of(TimeSpan.FromSeconds(end)), 0.02);
    }
}
