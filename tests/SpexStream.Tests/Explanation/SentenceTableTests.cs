using SpexStream.Domain.Explanation;
using Xunit;

namespace SpexStream.Tests.Explanation;

/// <summary>The checker on sentences as people and models write them.</summary>
public sealed class SentenceTableTests
{
    public static TheoryData<string> County => Rows(SentenceTable.County);

    public static TheoryData<string> Paragraphs => Rows(SentenceTable.Paragraphs);

    public static TheoryData<string> Lake => Rows(SentenceTable.Lake);

    public static TheoryData<string> Draft => Rows(SentenceTable.Draft);

    public static TheoryData<string> Overcast => Rows(SentenceTable.Overcast);

    [Theory]
    [MemberData(nameof(County))]
    public void On_a_scene_with_lakes_and_a_forest(string row) => Judge(row, FixedFacts.County);

    [Theory]
    [MemberData(nameof(Paragraphs))]
    public void On_a_scene_in_the_way_of_a_model(string row) => Judge(row, FixedFacts.County);

    [Theory]
    [MemberData(nameof(Lake))]
    public void On_one_lake(string row) => Judge(row, FixedFacts.Lake);

    [Theory]
    [MemberData(nameof(Draft))]
    public void On_a_preliminary_scene_without_a_georeference(string row) => Judge(row, FixedFacts.Draft);

    [Theory]
    [MemberData(nameof(Overcast))]
    public void On_a_scene_under_cloud(string row) => Judge(row, FixedFacts.Overcast);

    private static void Judge(string row, FactSheet sheet)
    {
        var checkedText = ExplanationChecker.Check(row[2..], sheet);
        var open = checkedText.Claims.Any(claim => claim.Verdict == ClaimVerdict.NotCheckable)
            || checkedText.Claims.IsEmpty;
        var verdict = !checkedText.IsAccepted ? '-' : open ? '?' : '+';
        Assert.True(verdict == row[0], $"{verdict} {checkedText.Reason}\n{string.Join('\n', checkedText.Claims)}");
    }

    private static TheoryData<string> Rows(string table) =>
    [
        .. table.Replace("\n    ", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];
}
