using SpexStream.Messaging.Mqtt.Codec;
using Xunit;

namespace SpexStream.Tests.Mqtt;

public sealed class TopicRulesTests
{
    [Theory]
    [InlineData("#")]
    [InlineData("+")]
    [InlineData("a/+/b/#")]
    [InlineData("/")]
    [InlineData("$share/group/#")]
    [InlineData("$share/group/a")]
    public void A_filter_is_accepted(string filter) => Assert.True(TopicRules.IsFilter(filter));

    [Theory]
    [InlineData("")]
    [InlineData("a#")]
    [InlineData("#/a")]
    [InlineData("a/b+")]
    [InlineData("$share//a")]
    [InlineData("$share/group")]
    [InlineData("$share/group/")]
    [InlineData("$share/gr+up/a")]
    public void A_filter_is_refused(string filter) => Assert.False(TopicRules.IsFilter(filter));
}
