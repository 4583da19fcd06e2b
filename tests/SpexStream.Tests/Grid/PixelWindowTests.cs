using SpexStream.Domain.Grid;
using Xunit;

namespace SpexStream.Tests.Grid;

public sealed class PixelWindowTests
{
    [Fact]
    public void An_intersection_holds_exactly_the_pixels_of_both()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (a, b) = (Window(random), Window(random));
            var both = Pixels(a).Intersect(Pixels(b)).ToHashSet();
            Assert.True(both.SetEquals(Pixels(a.Intersect(b))), $"seed {seed}");
            Assert.Equal(both.Count == b.Area, a.Contains(b));
        }
    }

    [Fact]
    public void Windows_that_only_touch_have_nothing_in_common() =>
        Assert.True(new PixelWindow(0, 0, 4, 4).Intersect(new(4, 0, 4, 4)).IsEmpty);

    [Fact]
    public void Growing_adds_the_margin_on_every_side() =>
        Assert.Equal(new PixelWindow(-2, 3, 14, 24), new PixelWindow(0, 5, 10, 20).Grow(2));

    private static PixelWindow Window(Random random) =>
        new(random.Next(-5, 10), random.Next(-5, 10), random.Next(1, 12), random.Next(1, 12));

    private static IEnumerable<(int X, int Y)> Pixels(PixelWindow window) =>
        from y in Enumerable.Range(window.Row, window.Height)
        from x in Enumerable.Range(window.Column, window.Width)
        select (x, y);
}
