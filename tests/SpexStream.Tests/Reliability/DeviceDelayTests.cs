using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Reliability;
using Xunit;

namespace SpexStream.Tests.Reliability;

public sealed class DeviceDelayTests
{
    [Theory]
    [InlineData("")]
    [InlineData("cpu:1022")]
    [InlineData("gpu:0,1")]
    [InlineData("cpu:1022,0")]
    [InlineData("cpu:1022,-1")]
    [InlineData("cpu:1022,60001")]
    [InlineData("cpu:1022,1,2")]
    public void What_names_no_device_and_time_arms_nothing(string text) => Assert.False(DeviceDelay.TryArm(text));

    [Fact]
    public void A_device_stands_still_for_each_tile_of_a_batch_and_others_do_not()
    {
        // Of no other test: what is armed is armed for the whole process.
        var device = DeviceName.Parse("cpu:1022");
        Assert.Equal(TimeSpan.Zero, DeviceDelay.Of(device, 4));
        Assert.True(DeviceDelay.TryArm("cpu:1022,25"));
        Assert.Equal(TimeSpan.FromMilliseconds(100), DeviceDelay.Of(device, 4));
        Assert.Equal(TimeSpan.Zero, DeviceDelay.Of(DeviceName.Cpu, 4));
    }
}
