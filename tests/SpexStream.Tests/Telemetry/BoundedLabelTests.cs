using SpexStream.Domain.Telemetry;
using Xunit;

namespace SpexStream.Tests.Telemetry;

public sealed class BoundedLabelTests
{
    [Fact]
    public void The_first_values_stay_what_they_are_and_all_later_ones_are_one()
    {
        var label = new BoundedLabel("platform", 3);
        Assert.Equal(["a", "b", "a", "c", "other", "b", "other"], new[] { "a", "b", "a", "c", "d", "b", "e" }.Select(
            value => label.Of(value).Value));
        Assert.Equal("platform", label.Of("a").Key);
    }

    [Fact]
    public void Many_threads_do_not_get_past_the_bound()
    {
        var label = new BoundedLabel("platform", 10);
        var seen = Enumerable.Range(0, 4000).AsParallel().WithDegreeOfParallelism(4)
            .Select(number => (string)label.Of($"sat-{number % 100}").Value!).Distinct().ToArray();
        Assert.InRange(seen.Length, 2, 11);
        Assert.Contains(BoundedLabel.Other, seen);
    }
}
