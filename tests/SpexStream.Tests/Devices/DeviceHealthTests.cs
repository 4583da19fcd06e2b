using SpexStream.Domain.Devices;
using SpexStream.Domain.Ports.Models;
using Xunit;

namespace SpexStream.Tests.Devices;

public sealed class DeviceHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_device_that_breaks_rests_twice_as_long_each_time_and_never_longer_than_five_minutes()
    {
        var health = DeviceHealth.Fresh(8);
        var rests = new List<double>();
        for (var failure = 0; failure < 12; failure++)
        {
            health = health.Failed(DeviceFaultKind.Failed, 8, Now);
            rests.Add((health.RestsUntil - Now).TotalSeconds);
            health = health.At(health.RestsUntil);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300], rests);
    }

    [Fact]
    public void It_gets_nothing_until_its_rest_is_over_and_then_a_trial()
    {
        var health = DeviceHealth.Fresh(4).Failed(DeviceFaultKind.Failed, 4, Now);

        Assert.Equal(DevicePhase.Quarantined, health.At(Now.AddSeconds(0.9)).Phase);
        Assert.Equal(DevicePhase.OnTrial, health.At(Now.AddSeconds(1)).Phase);
    }

    [Fact]
    public void One_batch_well_done_ends_the_trial_and_forgets_the_failures()
    {
        var health = DeviceHealth.Fresh(4).Failed(DeviceFaultKind.Failed, 4, Now).At(Now.AddMinutes(1)).Succeeded();

        Assert.Equal(DevicePhase.Serving, health.Phase);
        Assert.Equal(0, health.FailuresInARow);
        Assert.Equal(Now.AddSeconds(1), health.Failed(DeviceFaultKind.Failed, 4, Now).RestsUntil);
    }

    [Fact]
    public void After_three_failures_in_a_row_nobody_should_wait_for_it_until_it_works_again()
    {
        var health = DeviceHealth.Fresh(4);
        for (var failure = 0; failure < 3; failure++)
        {
            Assert.False(health.IsOut);
            health = health.Failed(DeviceFaultKind.Failed, 4, Now).At(Now.AddHours(1));
        }

        Assert.True(health.IsOut);
        Assert.False(health.Succeeded().IsOut);
    }

    [Fact]
    public void A_batch_that_does_not_fit_is_halved_until_single_tiles_do_not_fit_either()
    {
        var health = DeviceHealth.Fresh(8);
        var limits = new List<int>();
        while (health.Phase == DevicePhase.Serving)
        {
            limits.Add(health.BatchLimit);
            health = health.Failed(DeviceFaultKind.OutOfMemory, health.BatchLimit, Now);
        }

        Assert.Equal([8, 4, 2, 1], limits);
        Assert.Equal(DevicePhase.Quarantined, health.Phase);
    }

    [Fact]
    public void A_small_batch_that_does_not_fit_halves_what_it_was_not_what_was_allowed() =>
        Assert.Equal(1, DeviceHealth.Fresh(16).Failed(DeviceFaultKind.OutOfMemory, 3, Now).BatchLimit);
}
