using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Inference;

/// <summary>Devices are there or say what is missing.</summary>
public sealed class DeviceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("cpu:0", DeviceKind.Cpu, 0)]
    [InlineData("cuda:1023", DeviceKind.Cuda, 1023)]
    public void A_name_goes_round(string text, DeviceKind kind, int number)
    {
        Assert.True(DeviceName.TryParse(text, out var device));
        Assert.Equal((new DeviceName(kind, number), text), (device, device.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cpu")]
    [InlineData("cpu:00")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:1024")]
    [InlineData("gpu:0")]
    public void What_is_no_name_is_not_taken(string? text) => Assert.False(DeviceName.TryParse(text, out _));

    [Fact]
    public void The_core_of_the_runtime_is_the_expected_one() =>
        Assert.Equal(OnnxRuntimeLibrary.Expected, OnnxRuntimeLibrary.Version);

    [Fact]
    public void A_graphics_card_that_is_asked_for_and_not_there_is_an_error_that_names_what_is_missing()
    {
        if (GraphicsCard.IsThere)
        {
            output.WriteLine("not run: this machine has a graphics card");
            return;
        }

        using var pack = TestPack.Ndwi(0);
        using var model = pack.Load();

        var fault = Assert.Throws<DeviceFaultException>(
            () => model.Open(new ModelSessionOptions { Device = new(DeviceKind.Cuda, 0) }));

        Assert.Equal(DeviceFaultKind.ProviderMissing, fault.Kind);
        Assert.StartsWith("cuda:0: CUDA cannot be used, lib", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void The_processor_takes_over_where_that_is_allowed_and_says_why()
    {
        if (GraphicsCard.IsThere)
        {
            output.WriteLine("not run: this machine has a graphics card");
            return;
        }

        using var pack = TestPack.Ndwi(0);
        using var model = pack.Load();
        using var session = model.Open(
            new ModelSessionOptions { Device = new(DeviceKind.Cuda, 0), FallsBackToCpu = true });

        Assert.Equal(("cpu", "cuda:0"), (session.Provider, session.Device.ToString()));
        Assert.Contains("is missing", session.FallbackReason, StringComparison.Ordinal);
    }

    [RequiresCudaFact]
    public void A_session_that_was_asked_for_on_a_graphics_card_is_there()
    {
        using var pack = TestPack.UNet(5);
        using var model = pack.Load();
        using var session = model.Open(new ModelSessionOptions { Device = new(DeviceKind.Cuda, 0) });
        Assert.Equal("cuda", session.Provider);
    }
}
