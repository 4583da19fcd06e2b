using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Topics;

/// <summary>Filters for subscribing; null stands for "any".</summary>
public static class TopicFilters
{
    private const string Any = "+";
    private const int MaxReply = 512;

    /// <summary>All announcements of strips.</summary>
    /// <param name="station">The station.</param>
    /// <param name="cluster">The nodes of which one gets each message, to which retained ones never come (MQTT 5,
    /// 4.8.2); null: every subscriber gets all.</param>
    /// <exception cref="ArgumentException">The cluster's name is no valid level.</exception>
    public static string Strips(StationId station, string? cluster = null) =>
        $"{Shared(cluster)}{SpexTopic.Root(station)}/in/strip/#";

    /// <summary>Ends of passes; parameters as for <see cref="Strips"/>.</summary>
    /// <exception cref="ArgumentException">The cluster's name is no valid level.</exception>
    public static string Passes(StationId station, string? cluster = null) =>
        $"{Shared(cluster)}{SpexTopic.Root(station)}/in/scene/#";

    /// <summary>Scenes opened, closed, revised.</summary>
    public static string Scenes(StationId? station = null, PlatformId? platform = null) =>
        $"{Root(station)}/out/scene/{platform?.Value ?? Any}";

    /// <summary>Products.</summary>
    public static string Masks(StationId? station = null, ProductClass? value = null, PlatformId? platform = null) =>
        $"{Root(station)}/out/mask/{value?.Slug() ?? Any}/{platform?.Value ?? Any}";

    /// <summary>Observations.</summary>
    public static string Observations(StationId? station = null, ProductClass? value = null, string? aoi = null) =>
        $"{Root(station)}/out/observation/{value?.Slug() ?? Any}/{aoi ?? Any}";

    /// <summary>Alerts.</summary>
    public static string Alerts(
        StationId? station = null, ProductClass? value = null, AlertSeverity? severity = null, string? aoi = null) =>
        $"{Root(station)}/out/alert/{value?.Slug() ?? Any}/{severity?.Slug() ?? Any}/{aoi ?? Any}";

    /// <summary>Everything that a station says of its work.</summary>
    public static string Everything(StationId? station = null) => $"{Root(station)}/out/#";

    /// <summary>Retained states of alerts, nodes and scenes. Never subscribe to them in a share group.</summary>
    public static string States(StationId? station = null) => $"{Root(station)}/state/#";

    /// <summary>What was given up.</summary>
    public static string DeadLetters(StationId? station = null) => $"{Root(station)}/dlq/#";

    /// <summary>Commands to a station, whatever their verb; parameters as for <see cref="Strips"/>.</summary>
    /// <exception cref="ArgumentException">The cluster's name is no valid level.</exception>
    public static string Commands(StationId station, string? cluster = null) => Commands(station, Any, cluster);

    /// <summary>Commands of one verb; parameters as for <see cref="Strips"/>.</summary>
    /// <exception cref="ArgumentException">The cluster's name is no valid level.</exception>
    public static string Commands(StationId station, string verb, string? cluster) =>
        $"{Shared(cluster)}{SpexTopic.Root(station)}/cmd/{verb}";

    /// <summary>Answers to the commands of one user.</summary>
    /// <exception cref="ArgumentException">The user's name is no valid level.</exception>
    public static string Replies(StationId station, string user) => TopicLevel.IsValid(user)
        ? $"{SpexTopic.Root(station)}/reply/{user}/#"
        : throw new ArgumentException($"'{user}' cannot be a topic level: {TopicLevel.Rule}.", nameof(user));

    /// <summary>Whether a command may ask for its answer on a topic: only below <c>reply</c> of the station, for the
    /// station has rights that whoever asks may not have.</summary>
    public static bool IsReply(StationId station, string topic)
    {
        var root = $"{SpexTopic.Root(station)}/reply/";
        return topic.Length <= MaxReply && topic.StartsWith(root, StringComparison.Ordinal)
            && topic[root.Length..].Split('/').All(level => TopicLevel.IsValid(level));
    }

    private static string Shared(string? cluster) => cluster is null ? string.Empty
        : TopicLevel.IsValid(cluster) ? $"$share/spex-{cluster}/"
        : throw new ArgumentException($"'{cluster}' cannot name a cluster: {TopicLevel.Rule}.", nameof(cluster));

    private static string Root(StationId? station) => $"spex/a/{station?.Value ?? Any}";
}
