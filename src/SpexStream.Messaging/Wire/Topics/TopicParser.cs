using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Topics;

/// <summary>Reads topics back.</summary>
public static class TopicParser
{
    private const int MaxLevels = 9;

    /// <summary>The typed topic; null for a text that is none of the tree.</summary>
    public static SpexTopic? TryParse(string text)
    {
        var levels = text.Split('/', MaxLevels + 1);
        return levels is ["spex", "a", var name, ..] && StationId.TryParse(name, out var station)
            && levels.All(level => TopicLevel.IsValid(level))
            ? Parse(station, levels.AsSpan(3))
            : null;
    }

    // Levels that stand for free ids were checked for form above; those with a vocabulary are checked here.
    private static SpexTopic? Parse(StationId station, ReadOnlySpan<string> levels) => levels switch
    {
        ["in", "strip", var p, var sensor] => new SpexTopic.StripIn(station, PlatformId.Parse(p), sensor),
        ["in", "scene", var p, var sensor] => new SpexTopic.SceneIn(station, PlatformId.Parse(p), sensor),
        ["out", "scene", var p] => new SpexTopic.SceneOut(station, PlatformId.Parse(p)),
        ["out", "mask", var c, var p] when Class(c) is { } value =>
            new SpexTopic.MaskOut(station, value, PlatformId.Parse(p)),
        ["out", "observation", var c, var aoi] when Class(c) is { } value =>
            new SpexTopic.ObservationOut(station, value, aoi),
        ["out", "alert", var c, var s, var aoi] when Class(c) is { } value && Severity(s) is { } severity =>
            new SpexTopic.AlertOut(station, value, severity, aoi),
        ["out", "cap", var c, var s, var aoi] when Class(c) is { } value && Severity(s) is { } severity =>
            new SpexTopic.CapOut(station, value, severity, aoi),
        ["state", "alert", var c, var aoi, var id] when Class(c) is { } value =>
            new SpexTopic.AlertState(station, value, aoi, id),
        ["state", "node", var node] => new SpexTopic.NodeState(station, node),
        ["canary", var node] => new SpexTopic.Canary(station, node),
        ["state", "scene", var s] when SceneId.TryParse(s, out var scene) => new SpexTopic.SceneState(station, scene),
        ["dlq", var stage, var reason] => new SpexTopic.DeadLetter(station, stage, reason),
        ["cmd", var verb] => new SpexTopic.Command(station, verb),
        _ => null,
    };

    private static ProductClass? Class(string level) => ProductClasses.FromSlug(level);

    private static AlertSeverity? Severity(string level) => AlertSeverities.FromSlug(level);
}
