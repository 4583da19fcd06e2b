using SpexStream.Domain.Explanation;
using Xunit;

namespace SpexStream.Tests.Explanation;

/// <summary>Texts as a language model might write them, on the county of <see cref="FixedFacts"/>.</summary>
public sealed class TextVerdictTests
{
    [Theory]
    [InlineData("Water covers about 1 km\u00b2 in three separate regions.")]
    [InlineData("  The largest lake lies in the upper left of the image.\n")]
    [InlineData("There are three lakes. The smallest one lies near the bottom right.")]
    public void A_text_that_fits_the_facts_goes_out_as_it_is(string text)
    {
        var judged = Judge(text);
        Assert.Equal((text.Trim(), TextSource.Model, null), (judged.Text, judged.Source, judged.Rejection));
        Assert.Equal("model", judged.SourceName);
    }

    [Theory]
    [InlineData("Water covers about 2 km\u00b2 in three regions.", RejectionReason.NumberContradicted)]
    [InlineData("There is no water in this scene.", RejectionReason.NegationContradicted)]
    [InlineData("The water is seen in two regions.", RejectionReason.CountContradicted)]
    [InlineData("The image shows a large dense forest.", RejectionReason.OffTopic)]
    [InlineData("", RejectionReason.Empty)]
    [InlineData(" \n\t", RejectionReason.Empty)]
    [InlineData("?!... 42", RejectionReason.Empty)]
    [InlineData("\u6C34\u4F53\u5F88\u5927", RejectionReason.Unreadable)]
    [InlineData("w\u0430ter", RejectionReason.Unreadable)]
    [InlineData("water \uFFFD\uFFFD", RejectionReason.Unreadable)]
    public void A_text_that_does_not_is_replaced_by_the_template_and_marked(string text, RejectionReason reason)
    {
        var judged = Judge(text);
        Assert.Equal(Explainer.OfScene(FixedFacts.Water).Text, judged.Text);
        Assert.Equal((TextSource.Template, reason), (judged.Source, judged.Rejection));
        Assert.Equal("template", judged.SourceName);
    }

    [Fact]
    public void The_first_sentence_being_right_does_not_save_the_second()
    {
        var judged = Judge("There are three lakes. The largest one lies in the lower right.");
        Assert.Equal(TextSource.Template, judged.Source);
        Assert.Contains(judged.Claims, claim => claim.Verdict == ClaimVerdict.Contradicted);
    }

    [Fact]
    public void A_text_without_end_is_replaced() =>
        Assert.Equal(RejectionReason.TooLong, Judge(string.Concat(Enumerable.Repeat(" water", 2000))).Rejection);

    [Fact]
    public void A_model_that_wrote_nothing_is_no_rejection()
    {
        var judged = Judge(null);
        Assert.Equal((TextSource.Template, null), (judged.Source, judged.Rejection));
        Assert.NotEmpty(judged.Text);
    }

    [Fact]
    public void Every_replacement_passes_the_judge_itself() =>
        Assert.Equal(TextSource.Model, Judge(Judge("There is no water.").Text).Source);

    private static JudgedText Judge(string? text) =>
        TextVerdict.Judge(text, FixedFacts.Water, true, FixedFacts.Vegetation, FixedFacts.Buildings);
}
