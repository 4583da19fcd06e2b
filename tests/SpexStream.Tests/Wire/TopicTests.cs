using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Topics;
using Xunit;

namespace SpexStream.Tests.Wire;

public sealed class TopicTests
{
    public static TheoryData<SpexTopic, string> Tree() => new()
    {
        { new SpexTopic.StripIn(Sample.Station, Sample.Platform, "msi"), "in/strip/sat-1/msi" },
        { new SpexTopic.SceneIn(Sample.Station, Sample.Platform, "msi"), "in/scene/sat-1/msi" },
        { new SpexTopic.SceneOut(Sample.Station, Sample.Platform), "out/scene/sat-1" },
        { new SpexTopic.MaskOut(Sample.Station, ProductClass.LandCover, Sample.Platform), "out/mask/landcover/sat-1" },
        { new SpexTopic.ObservationOut(Sample.Station, ProductClass.Water, "all"), "out/observation/water/all" },
        {
            new SpexTopic.AlertOut(Sample.Station, ProductClass.Vegetation, AlertSeverity.Severe, "elbe"),
            "out/alert/vegetation/severe/elbe"
        },
        {
            new SpexTopic.CapOut(Sample.Station, ProductClass.Buildings, AlertSeverity.Minor, "elbe"),
            "out/cap/buildings/minor/elbe"
        },
        { new SpexTopic.AlertState(Sample.Station, ProductClass.Water, "elbe", "a1"), "state/alert/water/elbe/a1" },
        { new SpexTopic.Canary(Sample.Station, "node-1"), "canary/node-1" },
        { new SpexTopic.NodeState(Sample.Station, "node-1"), "state/node/node-1" },
        { new SpexTopic.SceneState(Sample.Station, Sample.Scene), "state/scene/pass-77" },
        { new SpexTopic.DeadLetter(Sample.Station, "intake", "not-json"), "dlq/intake/not-json" },
        { new SpexTopic.Command(Sample.Station, "drain"), "cmd/drain" },
    };

    [Theory]
    [MemberData(nameof(Tree))]
    public void Every_topic_of_the_tree_is_written_and_read(SpexTopic topic, string tail)
    {
        Assert.Equal($"spex/a/de-neustrelitz/{tail}", topic.Text);
        Assert.Equal(topic, TopicParser.TryParse(topic.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/spex/a/de-neustrelitz/cmd/drain")]
    [InlineData("spex/b/de-neustrelitz/cmd/drain")]
    [InlineData("spex/a/de-neustrelitz/cmd")]
    [InlineData("spex/a/de-neustrelitz/cmd/drain/now")]
    [InlineData("spex/a/de-neustrelitz/cmd/Drain")]
    [InlineData("spex/a/de-neustrelitz/cmd/+")]
    [InlineData("spex/a/de-neustrelitz/out/mask/ice/sat-1")]
    [InlineData("spex/a/de-neustrelitz/out/alert/water/grave/all")]
    [InlineData("spex/a//cmd/drain")]
    public void A_topic_outside_the_tree_is_none(string text) => Assert.Null(TopicParser.TryParse(text));

    [Theory]
    [InlineData("a/b")]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("$sys")]
    [InlineData("Elbe")]
    [InlineData("")]
    public void A_level_that_a_subscriber_could_not_filter_cannot_be_built(string level) =>
        Assert.Throws<ArgumentException>(
            () => new SpexTopic.ObservationOut(Sample.Station, ProductClass.Water, level));

    [Fact]
    public void Filters_use_nothing_but_wildcards()
    {
        Assert.Equal(
            "$share/spex-north/spex/a/de-neustrelitz/in/strip/#", TopicFilters.Strips(Sample.Station, "north"));
        Assert.Equal("spex/a/de-neustrelitz/in/strip/#", TopicFilters.Strips(Sample.Station));
        Assert.Equal("spex/a/de-neustrelitz/cmd/+", TopicFilters.Commands(Sample.Station));
        Assert.Equal("spex/a/+/out/observation/water/+", TopicFilters.Observations(value: ProductClass.Water));
        Assert.Equal("spex/a/+/out/alert/+/severe/elbe", TopicFilters.Alerts(null, null, AlertSeverity.Severe, "elbe"));
        Assert.Equal("spex/a/+/out/mask/+/sat-1", TopicFilters.Masks(platform: PlatformId.Parse("sat-1")));
        Assert.Equal("spex/a/de-neustrelitz/state/#", TopicFilters.States(Sample.Station));
        Assert.Throws<ArgumentException>(() => TopicFilters.Strips(Sample.Station, "a/b"));
    }
}
