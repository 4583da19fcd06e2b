using System.Collections.Immutable;

namespace SpexStream.Daemon.Status;

/// <summary>A scene in a report.</summary>
internal sealed record SceneReport(
    string Scene, string Platform, string Phase, int Revision, int StripsReceived, int? StripsExpected,
    ImmutableArray<int> StripsDone, int TilesDone, int TilesKnown, double? Completeness, DateTimeOffset Since,
    DateTimeOffset Updated, DateTimeOffset? Deadline, string Trace, string? Trouble)
{
    public static SceneReport Of(SceneLine line) => new(
        line.Scene, line.Platform, line.Phase, line.Revision, line.StripsReceived, line.StripsExpected,
        [.. line.StripsDone], line.TilesDone, line.TilesKnown, line.CompletenessPercent, line.Since, line.Updated,
        line.Deadline, line.Trace, line.Trouble);
}
