using SpexStream.Inference.Spex.Backend;
using Xunit;

namespace SpexStream.Tests.Inference.SpexBackend;

/// <summary>Pictures are resized with a triangle filter: between pixels where they grow, averaged where they
/// shrink.</summary>
public sealed class PictureResamplerTests
{
    // Shares of the outermost pixels by the triangle filter, worked out by hand.
    [Theory]
    [InlineData(new float[] { 7, 0, 0, 0 }, new float[] { 3, 0 })]
    [InlineData(new float[] { 0, 0, 7, 0 }, new float[] { 1, 3 })]
    [InlineData(new float[] { 0, 8 }, new float[] { 0, 2, 6, 8 })]
    [InlineData(new float[] { 1, 2, 3 }, new float[] { 1, 2, 3 })]
    public void Rows_and_columns_are_resized_alike(float[] values, float[] expected)
    {
        foreach (var isAcross in new[] { true, false })
        {
            var (resampler, target) = (new PictureResampler(), new float[expected.Length * expected.Length]);
            var square = resampler.Square(values.Length);
            for (var i = 0; i < square.Length; i++)
            {
                square[i] = values[isAcross ? i % values.Length : i / values.Length];
            }

            resampler.Resize(values.Length, expected.Length, target);
            for (var i = 0; i < target.Length; i++)
            {
                Assert.Equal(expected[isAcross ? i % expected.Length : i / expected.Length], target[i], 1e-5f);
            }
        }
    }
}
