using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Verification;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Inference.Spex;

public sealed class GoldenParityTests(ITestOutputHelper output)
{
    [RequiresGoldensTheory]
    [InlineData("dcnv3_core")]
    [InlineData("dcnv3_module")]
    [InlineData("intern_image")]
    [InlineData("neck")]
    [InlineData("sam_decoder")]
    [InlineData("qwen2")]
    [InlineData("qwen2_tied")]
    [InlineData("end_to_end")]
    [InlineData("end_to_end_128")]
    [InlineData("prompt_template")]
    public void Every_recorded_tensor_is_met_within_its_tolerance(string name)
    {
        Compare(name, new() { Device = DeviceName.Cpu });
    }

    [RequiresCudaGoldensTheory]
    [InlineData("dcnv3_core")]
    [InlineData("dcnv3_module")]
    [InlineData("intern_image")]
    [InlineData("neck")]
    [InlineData("sam_decoder")]
    [InlineData("qwen2")]
    [InlineData("qwen2_tied")]
    [InlineData("end_to_end")]
    [InlineData("end_to_end_128")]
    [InlineData("prompt_template")]
    public void A_graphics_card_meets_them_too(string name) =>
        Compare(name, new() { Device = new(DeviceKind.Cuda, 0) });

    private void Compare(string name, ModelSessionOptions device)
    {
        var differences = GoldenVerification.Run(GoldenFolder.Description(name), device);

        foreach (var difference in differences.OrderByDescending(difference => difference.Largest).Take(12))
        {
            output.WriteLine($"{difference.Tensor}: {difference.Largest} ({difference.Remark}) {difference.Passed}");
        }

        Assert.NotEmpty(differences);
        Assert.DoesNotContain(differences, difference => !difference.Passed);
    }
}
