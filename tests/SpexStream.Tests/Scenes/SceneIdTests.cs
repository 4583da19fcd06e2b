using SpexStream.Daemon.Commands;
using SpexStream.Domain.Identity;
using SpexStream.Messaging.Wire.Topics;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class SceneIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("s2a-0815")]
    [InlineData("s2a_msil1c_20260501t101031.safe")]
    [InlineData("collection")]
    [InlineData("collection.json.1")]
    [InlineData("console")]
    [InlineData("com")]
    [InlineData("com12")]
    [InlineData("lpta")]
    [InlineData("json")]
    public void A_name_that_nothing_else_claims_is_an_id(string text) => Assert.Equal(text, SceneId.Parse(text).Value);

    [Theory]
    [InlineData("collection.json")]
    [InlineData("item.json")]
    [InlineData("a.tmp")]
    [InlineData("a.old")]
    [InlineData("a.")]
    [InlineData("a..")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".work")]
    [InlineData("con")]
    [InlineData("nul.tif")]
    [InlineData("com1")]
    [InlineData("lpt9.a.b")]
    public void A_name_of_something_else_is_no_id_and_the_reason_is_told(string text)
    {
        Assert.False(SceneId.TryParse(text, out _));
        var fault = Assert.Throws<FormatException>(() => SceneId.Parse(text));
        Assert.Contains($"'{text}' is not the id of a scene", fault.Message, StringComparison.Ordinal);
        Assert.Contains("names a folder", fault.Message, StringComparison.Ordinal);
        Assert.Null(TopicParser.TryParse($"spex/a/no-test/state/scene/{text}"));
    }

    [Theory]
    [InlineData("S2A 0815", "s2a-0815")]
    [InlineData("collection.json", "collection-json")]
    [InlineData("scene.tmp", "scene-tmp")]
    [InlineData("a.b", "a.b")]
    [InlineData("con", "scene-con")]
    [InlineData("CON.a", "con-a")]
    [InlineData("...", "scene")]
    [InlineData("", "scene")]
    [InlineData("日本", "scene")]
    public void Every_file_name_gives_an_id(string name, string id) => Assert.Equal(id, RasterInput.IdFrom(name).Value);

    [Fact]
    public void A_long_file_name_gives_an_id_even_where_it_is_cut_at_a_dot() =>
        Assert.Equal(new string('a', 99) + "-", RasterInput.IdFrom(new string('a', 99) + "..").Value);
}
