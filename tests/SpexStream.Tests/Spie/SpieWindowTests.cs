using SpexStream.Domain.Spie;
using Xunit;

namespace SpexStream.Tests.Spie;

public sealed class SpieWindowTests
{
    [Theory]
    [InlineData(100, "0")]
    [InlineData(512, "0")]
    [InlineData(513, "0,1")]
    [InlineData(896, "0,384")]
    [InlineData(897, "0,384,385")]
    [InlineData(1697, "0,384,768,1152,1185")]
    public void Windows_lie_a_stride_apart_and_the_last_ends_at_the_edge(int width, string starts) =>
        Assert.Equal(starts, string.Join(',', SpieWindow.Of(width, 512).Select(window => window.X)));

    [Fact]
    public void Every_pixel_is_in_a_window_and_none_leaves_a_large_scene()
    {
        var windows = SpieWindow.Of(1284, 1697).ToList();
        Assert.All(windows, window => Assert.True(window.Pixels.Right <= 1284 && window.Pixels.Bottom <= 1697));
        for (var row = 0; row < 1697; row += 7)
        {
            for (var column = 0; column < 1284; column += 7)
            {
                Assert.Contains(windows, window => window.Pixels.Contains(new(column, row, 1, 1)));
            }
        }
    }

    [Fact]
    public void A_picture_is_named_as_the_release_names_it() =>
        Assert.Equal("m_3807504__512__384___768", new SpieWindow(384, 768, 1, 2).NameIn("m_3807504"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_pixel_is_in_two_parts_and_few_windows_are_lost(int seed)
    {
        var parts = SpieSplits.Of("scene", seed, SpieWindow.Of(20_011, 9_003));
        var kept = parts.Where(entry => entry.Value is not null).ToList();
        foreach (var (window, part) in kept)
        {
            Assert.All(
                kept.Where(other => !other.Key.Pixels.Intersect(window.Pixels).IsEmpty),
                other => Assert.Equal((seed, part), (seed, other.Value)));
        }

        Assert.InRange(kept.Count, parts.Count / 2, parts.Count);
        Assert.Equal(3, kept.Select(entry => entry.Value).Distinct().Count());
    }

    [Fact]
    public void A_window_is_told_the_same_in_every_run_and_another_seed_tells_otherwise()
    {
        var windows = SpieWindow.Of(8000, 8000).ToList();
        Assert.Equal(SpieSplits.Of("a", 5, windows), SpieSplits.Of("a", 5, windows));
        Assert.NotEqual(SpieSplits.Of("a", 5, windows), SpieSplits.Of("a", 6, windows));
        Assert.NotEqual(SpieSplits.Of("a", 5, windows), SpieSplits.Of("b", 5, windows));
    }
}
