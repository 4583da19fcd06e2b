using System.Diagnostics;
using SpexStream.Domain.Explanation;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Explanation;

/// <summary>Texts that no one should write: the checker answers all the same, and soon.</summary>
public sealed class CheckerGuardTests(ITestOutputHelper output)
{
    private const int Seed = 99;

    private static readonly string[] Pieces =
    [
        "water ", "no ", "not ", "largest ", "lake ", "top", "-", "left ", "of ", "the ", "12 ", "3.5", "ha ", "km² ",
        "% ", ". ", ", ", "and ", "or ", "( ", ") ", "about ", "more than ", "half ", "third ", "the third ", "° ",
        "N ", "between ", "to ", "hundred ", "confidence ", "NDWI ", "threshold ", "cloud ", "2026-11-22 ", "1e9 ",
        "1e99", "× 10^", "10³ ", "/", "it ", "forest ", "lies ", "extends ", "south ", "is ", "free ", "9,999",
        "'", "\n", "~", "+", "one ", "dozen ", "sq. ",
    ];

    [Fact]
    public void Any_heap_of_words_gets_an_answer()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 3000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(
                _ => Pieces[random.Next(Pieces.Length)]));
            foreach (var sheet in new[] { FixedFacts.County, FixedFacts.Lake, FixedFacts.Draft, FixedFacts.Overcast })
            {
                var result = ExplanationChecker.Check(text, sheet);
                Assert.True(result.Claims.All(claim => claim.Why.Length > 0
                    && (claim.Reason is not null) == (claim.Verdict == ClaimVerdict.Contradicted)),
                        $"seed {Seed}: {text}");
            }
        }
    }

    [Theory]
    [InlineData("a pond in the top-left, ")]
    [InlineData("no ")]
    [InlineData("1")]
    [InlineData("1,")]
    [InlineData("between 1 and ")]
    [InlineData("the largest ")]
    [InlineData("no water, trees or ")]
    [InlineData("not 12 ha, ")]
    [InlineData("top left of ")]
    [InlineData("12 % ")]
    [InlineData("more than about ")]
    [InlineData("-")]
    [InlineData("hundred ")]
    public void The_longest_text_takes_no_longer_than_its_length_allows(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, ExplanationChecker.MaxLength / piece.Length));
        ExplanationChecker.Check(text, FixedFacts.County);
        var watch = Stopwatch.StartNew();
        ExplanationChecker.Check(text, FixedFacts.County);
        output.WriteLine($"'{piece}': {watch.Elapsed.TotalMilliseconds:F1} ms");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{piece}: {watch.Elapsed}");
    }

    [Fact]
    public void A_text_beyond_the_limit_is_not_read() => Assert.Equal(
        RejectionReason.TooLong,
        ExplanationChecker.Check(new string('a', ExplanationChecker.MaxLength + 1), FixedFacts.County).Reason);

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("12, 13.")]
    public void A_text_without_words_is_empty(string text) =>
        Assert.Equal(RejectionReason.Empty, ExplanationChecker.Check(text, FixedFacts.County).Reason);

    [Theory]
    [InlineData("There is n\u200bo snow and water.")]
    [InlineData("There is no wаter.")] // a Cyrillic a
    [InlineData("图像显示水体。")]
    [InlineData("Water covers １２ ha.")]
    [InlineData("Water\0")]
    [InlineData("Water covers 𝟏𝟐 ha.")]
    [InlineData("Water covers 12 ㎢.")]
    public void A_text_that_hides_its_words_is_unreadable(string text) =>
        Assert.Equal(RejectionReason.Unreadable, ExplanationChecker.Check(text, FixedFacts.County).Reason);

    [Fact]
    public void A_text_that_never_names_its_class_is_off_topic() => Assert.Equal(
        RejectionReason.OffTopic, ExplanationChecker.Check("It is large.", FixedFacts.Lake).Reason);

    [Theory]
    [InlineData("Water covers 200 ha.", "number-contradicted")]
    [InlineData("Water covers 104.4 km².", "unit-contradicted")]
    [InlineData("The largest lake lies in the bottom-right.", "place-contradicted")]
    [InlineData("There are buildings.", "class-contradicted")]
    [InlineData("There is no water.", "negation-contradicted")]
    [InlineData("There are nine lakes.", "count-contradicted")]
    [InlineData("The largest lake is very tiny.", "size-contradicted")]
    [InlineData("The smallest lake lies left of the forest.", "relation-contradicted")]
    [InlineData("There are no clouds.", "visibility-contradicted")]
    [InlineData("The water product is preliminary.", "status-contradicted")]
    public void Each_kind_of_falsehood_has_its_label(string text, string label) =>
        Assert.Equal(label, ExplanationChecker.Check(text, FixedFacts.County).Reason?.Slug());
}
