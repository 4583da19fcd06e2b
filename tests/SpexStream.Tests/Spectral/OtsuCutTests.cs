using SpexStream.Domain.Spectral;
using Xunit;

namespace SpexStream.Tests.Spectral;

public sealed class OtsuCutTests
{
    [Fact]
    public void The_cut_lies_in_the_middle_of_the_gap_between_two_heaps()
    {
        var histogram = new long[128];
        histogram[20] = 100;
        histogram[80] = 50;

        var cut = Assert.NotNull(OtsuCut.Of(histogram));

        Assert.Equal(49, cut.Lower);
        Assert.Equal(1, cut.Separability, 12);
        Assert.Equal((100, 50), (cut.LowerCount, cut.UpperCount));
        Assert.Equal((20, 80), (cut.LowerMean, cut.UpperMean));
    }

    [Fact]
    public void One_heap_has_no_cut()
    {
        var histogram = new long[128];
        histogram[5] = 9;

        Assert.Null(OtsuCut.Of(histogram));
        Assert.Null(OtsuCut.Of(new long[128]));
    }

    [Fact]
    public void The_cut_is_the_best_of_all_cuts()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            long[] histogram = [.. Enumerable.Range(0, 32).Select(_ => (long)random.Next(1, 40))];

            var cut = Assert.NotNull(OtsuCut.Of(histogram));

            var best = Enumerable.Range(0, 31).Max(bin => Separability(histogram, bin));
            Assert.Equal(best, cut.Separability, 9);
            Assert.Equal(best, Separability(histogram, cut.Lower), 9);
        }
    }

    private static double Separability(long[] histogram, int lower)
    {
        double total = histogram.Sum();
        var mean = histogram.Select((count, bin) => count * (double)bin).Sum() / total;
        var variance = histogram.Select((count, bin) => count * (bin - mean) * (bin - mean)).Sum() / total;
        double below = histogram.Take(lower + 1).Sum(), above = total - below;
        var lowerMean = histogram.Take(lower + 1).Select((count, bin) => count * (double)bin).Sum() / below;
        var upperMean = ((mean * total) - (lowerMean * below)) / above;
        return below * above / (total * total) * (lowerMean - upperMean) * (lowerMean - upperMean) / variance;
    }
}
