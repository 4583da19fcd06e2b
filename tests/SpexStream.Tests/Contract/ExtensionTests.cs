using System.Text.Json.Nodes;
using Xunit;

namespace SpexStream.Tests.Contract;

public sealed class ExtensionTests
{
    private const string Older = """
        {"type":"object","required":["a"],"properties":{
          "a":{"type":"string","pattern":"^x","maxLength":9,"description":"old words"},
          "n":{"type":["number","null"],"minimum":1,"maximum":100},
          "w":{"type":"string","enum":["one","two"]},
          "l":{"type":"array","items":{"type":"integer","minimum":0}},
          "o":{"type":"object"}}}
        """;

    [Theory]
    [InlineData("\"minimum\":1,", "\"minimum\":2,")]
    [InlineData("\"minimum\":1,", "\"minimum\":0,")]
    [InlineData("\"minimum\":1,", "")]
    [InlineData("\"maximum\":100", "\"maximum\":99")]
    [InlineData("\"maximum\":100", "\"exclusiveMaximum\":101,\"maximum\":100")]
    [InlineData("\"minimum\":0}", "\"minimum\":1}")]
    [InlineData("{\"type\":\"integer\",\"minimum\":0}", "{\"type\":\"integer\",\"minimum\":0,\"maximum\":5}")]
    [InlineData("\"maxLength\":9", "\"maxLength\":8")]
    [InlineData("\"maxLength\":9", "\"maxLength\":9,\"minLength\":1")]
    [InlineData("^x", "^xy")]
    [InlineData("[\"one\",\"two\"]", "[\"one\"]")]
    [InlineData("\"type\":\"string\",\"enum\":[\"one\",\"two\"]", "\"type\":\"string\"")]
    [InlineData("{\"type\":\"object\"}", "{\"type\":\"object\",\"enum\":[{}]}")]
    [InlineData("[\"number\",\"null\"]", "\"number\"")]
    [InlineData("[\"a\"]", "[\"a\",\"n\"]")]
    [InlineData("[\"a\"]", "[]")]
    [InlineData("{\"type\":\"object\"}", "{\"type\":\"object\",\"additionalProperties\":false}")]
    [InlineData("{\"type\":\"object\"}", "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}")]
    [InlineData("{\"type\":\"object\"}", "{\"type\":\"object\",\"required\":[\"b\"]}")]
    [InlineData("{\"type\":\"array\",", "{\"type\":\"array\",\"maxItems\":3,")]
    public void Another_rule_for_what_there_was_is_no_extension(string from, string to) =>
        Assert.Single(Faults(from, to));

    [Theory]
    [InlineData("old words", "new words")]
    [InlineData("[\"one\",\"two\"]", "[\"two\",\"one\",\"three\"]")]
    [InlineData("{\"type\":\"object\"}", "{\"type\":\"object\",\"additionalProperties\":true}")]
    [InlineData(
        "\"o\":", "\"new\":{\"type\":\"object\",\"required\":[\"x\"],\"properties\":{\"x\":{}}},\"o\":")]
    public void More_words_and_more_members_are_one(string from, string to) => Assert.Empty(Faults(from, to));

    private static IEnumerable<string> Faults(string from, string to)
    {
        Assert.Contains(from, Older, StringComparison.Ordinal);
        return Extension.Faults(
            JsonNode.Parse(Older), JsonNode.Parse(Older.Replace(from, to, StringComparison.Ordinal)), "message");
    }
}
