using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Reliability;
using Xunit;

namespace SpexStream.Tests.Reliability;

public sealed class DeviceBreakTests
{
    // Of no other test: what is armed is armed for the whole process.
    private static readonly DeviceName Device = DeviceName.Parse("cpu:1023");

    [Theory]
    [InlineData("")]
    [InlineData("cpu:1023")]
    [InlineData("gpu:0,1")]
    [InlineData("cpu:1023,0")]
    [InlineData("cpu:1023,1,0")]
    [InlineData("cpu:1023,-1")]
    [InlineData("cpu:1023,1,2,3")]
    public void What_names_no_device_and_batch_arms_nothing(string text) => Assert.False(DeviceBreak.TryArm(text));

    [Fact]
    public void A_device_breaks_at_its_batch_and_works_again_after_so_many_failures()
    {
        Assert.True(DeviceBreak.TryArm("cpu:1023,3,2"));
        DeviceBreak.PassOpening(Device);
        DeviceBreak.Pass(Device);
        DeviceBreak.Pass(DeviceName.Cpu);
        DeviceBreak.Pass(Device);
        Assert.Equal(
            DeviceFaultKind.Failed, Assert.Throws<DeviceFaultException>(() => DeviceBreak.Pass(Device)).Kind);
        DeviceBreak.Pass(DeviceName.Cpu);
        Assert.Throws<DeviceFaultException>(() => DeviceBreak.PassOpening(Device));
        DeviceBreak.PassOpening(Device);
        DeviceBreak.Pass(Device);
    }
}
