using SpexStream.Domain.Explanation;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;
using Xunit;

namespace SpexStream.Tests.Explanation;

/// <summary>The wording of the explainer.</summary>
public sealed class ExplainerTextTests
{
    private static readonly ClassFacts Water = FixedFacts.Water;

    [Fact]
    public void A_scene_reads_as_a_whole() => Assert.Equal(
        "Open water covers 1.04 km² (10,440 pixels) in 3 regions, 3.6 % of what could be clearly seen in the "
        + "scene; a further 120 pixels show partial surface water. The largest region lies in the top-left at "
        + "54.020° N, 12.470° E (72.0 ha), the second lies in the center at 54.001° N, 12.502° E (28.8 ha) and "
        + "the third lies in the bottom-right at 53.976° N, 12.533° E (3.60 ha). Confidence is high (mean 75 "
        + "of 100). Of the scene, 80.0 % could be clearly seen; the rest is cloud 10.0 %, cloud shadow 5.0 %, "
        + "no answer 1.0 %, no data 4.0 %.",
        Explainer.OfScene(Water).Text);

    [Fact]
    public void A_region_reads_as_a_whole() => Assert.Equal(
        "A region of open water lies in the top-left of the scene at 54.020° N, 12.470° E. It covers 72.0 ha "
        + "(7200 pixels), 2.5 % of what could be clearly seen; its size counts as large; it is the largest of "
        + "3 regions. Confidence is very high (mean 82 of 100, 10th percentile 60); the mean NDWI is 0.410, "
        + "above the threshold of 0.220. It touches the edge of what was imaged, so it may continue beyond. Of "
        + "the scene, 80.0 % could be clearly seen; the rest is cloud 10.0 %, cloud shadow 5.0 %, no answer "
        + "1.0 %, no data 4.0 %.",
        Explainer.OfRegion(FixedFacts.TopLake, Water).Text);

    [Fact]
    public void Nothing_found_is_said_of_what_could_be_seen() => Assert.StartsWith(
        "No built-up or bare ground was found in what could be seen. The scene is centred at 54.000° N, 12.500° E.",
        Explainer.OfScene(FixedFacts.Buildings).Text, StringComparison.Ordinal);

    [Fact]
    public void A_scene_with_all_its_strips_and_tiles_that_were_given_up_is_not_called_complete()
    {
        var broken = Water with { Visibility = Water.Visibility with { GivenUp = 3600 } };
        Assert.Contains(
            "some tiles failed and were given up, so that there is no answer where they lie",
            Explainer.OfScene(broken).Text, StringComparison.Ordinal);
        var whole = FactSheet.ForScene(Water, northUp: true);
        var torn = FactSheet.ForScene(broken, northUp: true);
        Assert.Null(ExplanationChecker.Check("The scene is complete and water was found.", whole).Reason);
        Assert.Equal(RejectionReason.StatusContradicted,
            ExplanationChecker.Check("The scene is complete and water was found.", torn).Reason);
    }

    [Fact]
    public void Nothing_seen_says_nothing_of_the_class() => Assert.Equal(
        "Nothing could be clearly seen, so nothing can be said about open water in this scene. "
        + "The scene is centred at 54.000° N, 12.500° E. What hid the scene: cloud 100.0 %.",
        Explainer.OfScene(FixedFacts.Overcast.Classes[LandCoverClass.Water]).Text);

    [Fact]
    public void A_strip_is_called_one_and_lists_no_regions() => Assert.StartsWith(
        "Open water covers 1.04 km² (10,440 pixels), 3.6 % of what could be clearly seen in the strip",
        Explainer.OfScene(Water with { RegionCount = null, Largest = [] }).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 0.25, "0.250 m² (1 pixel) in 1 region,")]
    [InlineData(1, 9999.6, "1.00 ha (1 pixel)")]
    [InlineData(2, 999700, "1.00 km² (2 pixels)")]
    [InlineData(2, 123456789, "123 km² (2 pixels)")]
    [InlineData(2, 12345678901, "12,346 km²")]
    [InlineData(20000, double.NaN, "20,000 pixels in 1 region,")]
    public void Amounts_have_a_fitting_unit_and_number(long pixels, double area, string expected) => Assert.Contains(
        expected,
        Explainer.OfScene(Water with { Pixels = pixels, AreaSquareMetres = area, RegionCount = 1 }).Text,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(19.4, "very low (mean 19")]
    [InlineData(19.6, "low (mean 20")]
    [InlineData(59.4, "moderate (mean 59")]
    [InlineData(79.5, "very high (mean 80")]
    public void Words_for_confidence_follow_the_number_as_written(double mean, string expected) => Assert.Contains(
        "Confidence is " + expected, Explainer.OfScene(Water with { MeanConfidence = mean }).Text,
            StringComparison.Ordinal);

    [Fact]
    public void Remarks_come_last_and_only_as_far_as_they_fit()
    {
        var text = Explainer.OfScene(Water with { Remarks = ["haze over the bay", new string('x', 2000)] }).Text;
        Assert.EndsWith("Haze over the bay.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_pairs_each_threshold_with_its_mean() => Assert.Equal<Evidence>(
        [new Evidence("NDWI", 0.41, 0.22, true)], Explainer.OfRegion(FixedFacts.TopLake, Water).Evidence);

    [Fact]
    public void Facts_of_another_class_are_refused() =>
        Assert.Throws<ArgumentException>(() => Explainer.OfRegion(FixedFacts.Forest, Water));
}
