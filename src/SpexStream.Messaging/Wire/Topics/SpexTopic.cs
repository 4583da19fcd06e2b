using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Topics;

/// <summary>
/// One topic of the tree, typed: exactly one of the nested cases. A level that breaks <see cref="TopicLevel.Rule"/>
/// cannot be constructed. <see cref="ToString"/> gives the topic's text.
/// </summary>
public abstract record SpexTopic
{
    private SpexTopic(StationId station, params ReadOnlySpan<string> levels) =>
        (Station, Text) = (station, $"{Root(station)}/{string.Join('/', levels!)}");

    /// <summary>The station that the topic belongs to.</summary>
    public StationId Station { get; }

    /// <summary>The topic as the broker knows it.</summary>
    public string Text { get; }

    /// <summary>What every topic of a station begins with; <c>a</c> is the version of the tree.</summary>
    public static string Root(StationId station) => $"spex/a/{station.Value}";

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    private static string Level(string value) => TopicLevel.IsValid(value)
        ? value
        : throw new ArgumentException($"'{value}' cannot be a topic level: {TopicLevel.Rule}.", nameof(value));

    /// <summary>Announcements of strips, in.</summary>
    public sealed record StripIn(StationId Owner, PlatformId Platform, string Sensor)
        : SpexTopic(Owner, "in", "strip", Platform.Value, Level(Sensor));

    /// <summary>Pass schedule and end of pass, in.</summary>
    public sealed record SceneIn(StationId Owner, PlatformId Platform, string Sensor)
        : SpexTopic(Owner, "in", "scene", Platform.Value, Level(Sensor));

    /// <summary>Scenes opened, closed, revised.</summary>
    public sealed record SceneOut(StationId Owner, PlatformId Platform)
        : SpexTopic(Owner, "out", "scene", Platform.Value);

    /// <summary>Products.</summary>
    public sealed record MaskOut(StationId Owner, ProductClass Class, PlatformId Platform)
        : SpexTopic(Owner, "out", "mask", Class.Slug(), Platform.Value);

    /// <summary>Observations; "all" where no area of interest applies.</summary>
    public sealed record ObservationOut(StationId Owner, ProductClass Class, string Aoi)
        : SpexTopic(Owner, "out", "observation", Class.Slug(), Level(Aoi));

    /// <summary>Alerts.</summary>
    public sealed record AlertOut(StationId Owner, ProductClass Class, AlertSeverity Severity, string Aoi)
        : SpexTopic(Owner, "out", "alert", Class.Slug(), Severity.Slug(), Level(Aoi));

    /// <summary>Alerts as CAP 1.2.</summary>
    public sealed record CapOut(StationId Owner, ProductClass Class, AlertSeverity Severity, string Aoi)
        : SpexTopic(Owner, "out", "cap", Class.Slug(), Severity.Slug(), Level(Aoi));

    /// <summary>State of an open alert, retained.</summary>
    public sealed record AlertState(StationId Owner, ProductClass Class, string Aoi, string AlertId)
        : SpexTopic(Owner, "state", "alert", Class.Slug(), Level(Aoi), Level(AlertId));

    /// <summary>State of a node, retained.</summary>
    public sealed record NodeState(StationId Owner, string Node)
        : SpexTopic(Owner, "state", "node", Level(Node));

    /// <summary>What a node says to itself, to see that the broker hands on what it takes; never retained.</summary>
    public sealed record Canary(StationId Owner, string Node)
        : SpexTopic(Owner, "canary", Level(Node));

    /// <summary>Progress of a scene, retained.</summary>
    public sealed record SceneState(StationId Owner, SceneId Scene)
        : SpexTopic(Owner, "state", "scene", Scene.Value);

    /// <summary>What was given up.</summary>
    public sealed record DeadLetter(StationId Owner, string Stage, string Reason)
        : SpexTopic(Owner, "dlq", Level(Stage), Level(Reason));

    /// <summary>Commands; the verbs are those of <see cref="Domain.Commands.CommandVerbs"/>.</summary>
    public sealed record Command(StationId Owner, string Verb)
        : SpexTopic(Owner, "cmd", Level(Verb));
}
