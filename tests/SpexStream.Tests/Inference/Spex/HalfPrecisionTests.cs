using System.Text.Json;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Verification;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>Half precision, with sampling and norms left in single: the words of the original, and its masks but for
/// pixels at their very edge.</summary>
public sealed class HalfPrecisionTests(ITestOutputHelper output)
{
    private const double LeastAgreement = 0.999;

    // A half has 11 significant bits: of the largest logit, what is smaller than this part is lost in a sum.
    private const float Resolution = 1f / 1024;

    [RequiresGoldensTheory]
    [InlineData("end_to_end")]
    [InlineData("end_to_end_128")]
    public void Words_and_masks_stay_those_of_the_original(string name) => Compare(name, DeviceName.Cpu);

    [RequiresCudaGoldensTheory]
    [InlineData("end_to_end")]
    [InlineData("end_to_end_128")]
    public void They_stay_so_on_a_graphics_card(string name) => Compare(name, new(DeviceKind.Cuda, 0));

    private void Compare(string name, DeviceName device)
    {
        using var folder = new TemporaryFolder();
        var path = GoldenFolder.Description(name);
        using var description = JsonDocument.Parse(File.ReadAllBytes(path));
        using var file = GoldenFile.Open(path, description.RootElement.Clone(), new() { Device = device });
        var pack = ChainChecks.Import(file, folder["pack"], Precision.Float16);
        using var session = new SpexSession(pack, new SpexSessionOptions(file.Device));
        var longest = ChainChecks.Runs(file).Max(run => file.Integers($"{run}/output/tokens").Length);
        foreach (var run in ChainChecks.Runs(file))
        {
            var answer = session.Answer(ChainChecks.Question(file), ChainChecks.Generation(file, run, longest));

            Assert.Equal(file.Integers($"{run}/output/tokens"), answer.Tokens.Select(token => (long)token));
            if (answer.Mask is not { } mask)
            {
                continue;
            }

            var recorded = file.Values($"{run}/output/lowres_mask_logits");
            var edge = recorded.Max(Math.Abs) * Resolution;
            var pixels = recorded.Zip(mask.Logits.ToArray()).ToArray();
            var same = pixels.Count(pixel => pixel.First > 0 == pixel.Second > 0);
            var free = pixels.Count(pixel => pixel.First > 0 != pixel.Second > 0 && Math.Abs(pixel.First) < edge);
            output.WriteLine($"{run}: {same} of {pixels.Length} pixels agree, {free} others lie below {edge}");
            Assert.InRange(same + free, LeastAgreement * pixels.Length, pixels.Length);
            // Whatever is free: it is the odd pixel.
            Assert.InRange(free, 0, 1);
        }
    }
}
