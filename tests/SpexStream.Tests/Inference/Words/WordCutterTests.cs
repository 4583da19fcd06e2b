using SpexStream.Inference.Words;
using Xunit;

namespace SpexStream.Tests.Inference.Words;

public sealed class WordCutterTests
{
    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("  Hello", " | Hello")]
    [InlineData("2026 km2", "2|0|2|6| km|2")]
    [InlineData("I'm DON'T we'Ll 'sit", "I|'m| DON|'T| we|'Ll| '|sit")]
    [InlineData("'sit x'yz", "'s|it| x|'yz")]
    [InlineData("it'\u017Fx 'r", "it|'\u017F|x| '|r")]
    [InlineData("'rest 'lx", "'re|st| '|lx")]
    [InlineData("a, b!\n\nc", "a|,| b|!\n\n|c")]
    [InlineData("a \n \n  b", "a| \n \n| | b")]
    [InlineData("x   ", "x|   ")]
    [InlineData("x \t(y", "x| |\t|(y")]
    [InlineData("x\t\u00a0 .", "x|\t\u00a0| .")]
    [InlineData("\tb", "\tb")]
    [InlineData("\n\tb", "\n|\tb")]
    [InlineData("a\r\n", "a|\r\n")]
    [InlineData("---\r\n\n--", "---\r\n\n|--")]
    [InlineData("\u6C34\u4F53\uFF0C7", "\u6C34\u4F53|\uFF0C|7")]
    [InlineData("\u00BD\u2167x", "\u00BD|\u2167|x")]
    [InlineData("e\u0301a", "e|\u0301a")]
    [InlineData("\U0001F600\U0001D400b \U0001D7CE", "\U0001F600\U0001D400b| |\U0001D7CE")]
    [InlineData("\u200B\u180Ex", "\u200B\u180E|x")]
    public void Text_is_cut_as_the_pattern_cuts_it(string text, string expected) =>
        Assert.Equal(expected.Split('|'), Cut(text));

    [Fact]
    public void Words_cover_every_text_without_a_gap()
    {
        const int Seed = 71;
        var random = new Random(Seed);
        for (var round = 0; round < 2000; round++)
        {
            var text = RandomTexts.WellFormed(random, 30);
            Assert.True(text == string.Concat(Cut(text)), $"seed {Seed}, round {round}");
        }
    }

    private static List<string> Cut(string text)
    {
        var words = new List<string>();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = WordCutter.End(text, start);
            Assert.True(end > start);
            words.Add(text[start..end]);
        }

        return words;
    }
}
