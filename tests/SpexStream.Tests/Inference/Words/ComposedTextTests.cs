using System.Text;
using SpexStream.Inference.Words;
using Xunit;

namespace SpexStream.Tests.Inference.Words;

/// <summary>Facts of Unicode Standard Annex 15 and of its test file.</summary>
public sealed class ComposedTextTests
{
    [Theory]
    [InlineData("plain \u00e9", "plain \u00e9")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u212B\u2126\u212A", "\u00C5\u03A9K")]
    [InlineData("A\u030A\u0301", "\u01FA")]
    [InlineData("D\u0307\u0323", "\u1E0C\u0307")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\u1100\uAC00\u11A8", "\u1100\uAC01")]
    [InlineData("\uAC01\u11A8", "\uAC01\u11A8")]
    [InlineData("\uAC00\u11A7", "\uAC00\u11A7")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("\u0F43", "\u0F42\u0FB7")]
    [InlineData("\uFB1D", "\u05D9\u05B4")]
    [InlineData("\U0002F800", "\u4E3D")]
    [InlineData("\U000110A5\U000110BA", "\U000110AB")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("a\u0328\u0301\u0315\u0300", "\u0105\u0301\u0300\u0315")]
    [InlineData("a\u05D0\u0301", "a\u05D0\u0301")]
    [InlineData("e\u0346\u0301", "e\u0346\u0301")]
    [InlineData("\uFB06", "\uFB06")]
    public void Text_is_composed(string text, string expected) => Assert.Equal(expected, ComposedText.Of(text));

    [Fact]
    public void Composed_text_stays_as_it_is()
    {
        const int Seed = 5;
        var random = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var once = ComposedText.Of(RandomTexts.WellFormed(random, 20));
            Assert.True(once == ComposedText.Of(once), $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void A_long_run_of_marks_is_put_in_order_in_short_time()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0301\u0323", 50_000));
        var composed = ComposedText.Of("x" + marks);
        Assert.Equal('x', composed[0]);
        Assert.Equal('\u0323', composed[1]);
        Assert.Equal('\u0301', composed[^1]);
    }
}
