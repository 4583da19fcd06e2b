using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

public sealed class IndexThresholdKernelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.124)]
    [InlineData(-0.44)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Vector_and_scalar_agree_at_every_length(double threshold)
    {
        var random = new Random(11);
        foreach (var length in new[] { 0, 1, 63, 64, 65, 1000, 4099 })
        {
            ushort[] a = [.. Enumerable.Range(0, length).Select(_ => Sample(random))];
            ushort[] b = [.. Enumerable.Range(0, length).Select(_ => Sample(random))];
            var (vector, scalar) = (new byte[length], new byte[length]);

            IndexThresholdKernel.Apply(a, b, threshold, vector);
            IndexThresholdKernel.ApplyScalar(a, b, threshold, scalar);

            Assert.Equal(scalar, vector);
        }
    }

    [Fact]
    public void The_answer_is_that_of_the_quotient()
    {
        var random = new Random(12);
        ushort[] a = [.. Enumerable.Range(0, 5000).Select(_ => Sample(random))];
        ushort[] b = [.. Enumerable.Range(0, 5000).Select(_ => Sample(random))];
        var mask = new byte[5000];

        IndexThresholdKernel.Apply(a, b, 0.25, mask);

        for (var i = 0; i < mask.Length; i++)
        {
            var sum = (double)a[i] + b[i];
            Assert.Equal(sum > 0 && (a[i] - (double)b[i]) / sum > 0.25, mask[i] == 1);
        }
    }

    [Fact]
    public void A_threshold_that_no_index_has_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => IndexThresholdKernel.Apply([1], [1], double.NaN, new byte[1]));

    private static ushort Sample(Random random) => random.Next(5) switch
    {
        0 => 0,
        1 => ushort.MaxValue,
        2 => (ushort)random.Next(8),
        _ => (ushort)random.Next(65536),
    };
}
