using System.Text;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Journal;
using SpexStream.Journal.Facts;
using Xunit;

namespace SpexStream.Tests.Journal;

/// <summary>What stands in journals out there must be readable for ever. A line of the golden file never changes; a new
/// type of fact, or a new form of an old one, adds a line.</summary>
public sealed class SceneFactFormatTests
{
    private static readonly string[] Golden =
        File.ReadAllLines(Path.Combine(
            Architecture.Repository.Root, "tests/SpexStream.Tests/Journal/facts-1.golden.jsonl"));

    [Fact]
    public void Every_type_of_fact_is_written_as_it_always_was() =>
        Assert.Equal(Golden, SampleFacts.All.Select(SampleFacts.Text));

    [Fact]
    public void What_was_ever_written_is_read_without_loss()
    {
        foreach (var line in Golden)
        {
            Assert.Equal(line, SampleFacts.Text(SceneFactFormat.Read(Encoding.UTF8.GetBytes(line))));
        }
    }

    [Fact]
    public void Every_type_of_fact_has_a_tag_and_a_sample()
    {
        var types = typeof(SceneFact).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(SceneFact))).ToHashSet();
        Assert.Equal(types, [.. FactKinds.All.Select(kind => kind.Json.Type)]);
        Assert.Equal(types, [.. SampleFacts.All.Select(fact => fact.GetType())]);
        Assert.Equal(FactKinds.All.Length, FactKinds.All.Select(kind => kind.Tag).Distinct().Count());
    }

    [Fact]
    public void A_field_that_is_not_known_is_passed_over()
    {
        var fact = Read("""{"type":"tile-crashed","since":4,"version":1,"fact":{"why":{"a":[1]},"strip":{"index":7,"x":0,"revision":2},"tile":[2,5],"run":12}}""");
        Assert.Equal(new SceneFact.TileCrashed(new StripKey(7, 2), new TileIndex(5, 2), 12), fact);
    }

    [Theory]
    [InlineData("""{"type":"strip-blessed","version":1,"fact":{}}""", "'strip-blessed', which this version does not know")]
    [InlineData("""{"type":"pass-ended","version":2,"fact":{}}""", "'pass-ended' of version 2, and this version reads up to 1")]
    [InlineData("""{"type":"tile-crashed","version":1,"fact":{"run":12}}""", "cannot be read")]
    [InlineData("""{"type":"scene-retracted","version":1,"fact":{"revision":1,"reason":null}}""", "cannot be read")]
    [InlineData("""{"type":"tile-crashed","version":1,"fact":null}""", "is empty")]
    [InlineData("null", "is empty")]
    [InlineData("{", "cannot be read")]
    public void What_is_no_fact_of_this_version_says_so(string text, string says)
    {
        var error = Assert.Throws<FactUnreadableException>(() => Read(text));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static SceneFact Read(string text) => SceneFactFormat.Read(Encoding.UTF8.GetBytes(text));
}
