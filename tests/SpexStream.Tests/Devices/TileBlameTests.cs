using SpexStream.Domain.Devices;
using SpexStream.Domain.Ports.Models;
using Xunit;

namespace SpexStream.Tests.Devices;

public sealed class TileBlameTests
{
    [Theory]
    [InlineData(2, false, "cpu:0", "cpu:0", "cpu:0", "cpu:0")]
    [InlineData(2, false, "cpu:0", "cpu:1")]
    [InlineData(2, true, "cpu:0", "cpu:1", "cpu:0")]
    [InlineData(3, true, "cpu:0", "cpu:1", "cpu:2")]
    [InlineData(1, false, "cpu:0", "cpu:0")]
    [InlineData(1, true, "cpu:0", "cpu:0", "cpu:0")]
    public void A_tile_is_to_blame_for_three_failures_unless_one_of_several_devices_had_them_all(
        int devices, bool isProven, params string[] failures)
    {
        var blame = failures.Aggregate(TileBlame.None, (before, name) => before.After(DeviceName.Parse(name)));
        Assert.Equal(isProven, blame.IsProven(devices));
    }
}
