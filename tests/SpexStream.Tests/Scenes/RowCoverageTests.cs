using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class RowCoverageTests
{
    [Fact]
    public void Touching_and_overlapping_strips_become_one_run()
    {
        var coverage = Of((20, 10), (0, 10), (10, 5), (22, 3), (40, 1));
        Assert.Equal([(0, 15), (20, 30), (40, 41)], coverage.Runs.AsEnumerable());
    }

    [Theory]
    [InlineData(0, 15, true)]
    [InlineData(3, 4, true)]
    [InlineData(0, 16, false)]
    [InlineData(14, 21, false)]
    [InlineData(40, 41, true)]
    public void Rows_are_covered_only_without_a_gap(int start, int end, bool covered) =>
        Assert.Equal(covered, Of((0, 10), (10, 5), (20, 10), (40, 1)).Covers(start, end));

    [Fact]
    public void The_covered_part_of_a_range_is_cut_at_its_ends()
    {
        var coverage = Of((0, 10), (20, 10));
        Assert.Equal([(5, 10), (20, 22)], coverage.Within(5, 22));
        Assert.Equal(7, coverage.RowsWithin(5, 22));
        Assert.Equal(0, coverage.RowsWithin(10, 20));
    }

    [Fact]
    public void It_agrees_with_counting_row_by_row()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var strips = Enumerable.Range(0, random.Next(6)).Select(_ => (random.Next(60), random.Next(1, 20)))
                .ToArray();
            var rows = new bool[100];
            foreach (var (start, height) in strips)
            {
                rows.AsSpan(start, height).Fill(true);
            }

            var (from, to) = (random.Next(50), 50 + random.Next(50));
            var coverage = Of(strips);
            Assert.Equal(rows[from..to].Count(row => row), coverage.RowsWithin(from, to));
            Assert.Equal(rows[from..to].All(row => row), coverage.Covers(from, to));
        }
    }

    private static RowCoverage Of(params (int Row, int Height)[] strips) =>
        RowCoverage.Of(strips.Select((strip, i) => new StripEntry(i, strip.Row, strip.Height, string.Empty)));
}
