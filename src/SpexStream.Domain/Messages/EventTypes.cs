namespace SpexStream.Domain.Messages;

/// <summary>
/// CloudEvents types of all messages. A type never changes its meaning; a new meaning is a new version.
/// </summary>
public static class EventTypes
{
    /// <summary>What all our types begin with.</summary>
    public const string Prefix = "org.spexstream.";

    /// <summary>A strip can be read.</summary>
    public const string StripAnnounced = "org.spexstream.strip.announced.v1";

    /// <summary>A pass is over.</summary>
    public const string PassEnded = "org.spexstream.pass.ended.v1";

    /// <summary>Somebody asks the station for something.</summary>
    public const string Command = "org.spexstream.command.v1";

    /// <summary>An announcement was refused.</summary>
    public const string StripRejected = "org.spexstream.strip.rejected.v1";

    /// <summary>The first strip of a scene arrived.</summary>
    public const string SceneOpened = "org.spexstream.scene.opened.v1";

    /// <summary>A scene is complete or given up; its product stands.</summary>
    public const string SceneClosed = "org.spexstream.scene.closed.v1";

    /// <summary>A closed scene has a new revision.</summary>
    public const string SceneRevised = "org.spexstream.scene.revised.v1";

    /// <summary>How far a scene is.</summary>
    public const string SceneProgress = "org.spexstream.scene.progress.v1";

    /// <summary>A product is there.</summary>
    public const string MaskCreated = "org.spexstream.mask.created.v1";

    /// <summary>A product replaces one of a lower revision.</summary>
    public const string MaskUpdated = "org.spexstream.mask.updated.v1";

    /// <summary>A product is withdrawn.</summary>
    public const string MaskDeleted = "org.spexstream.mask.deleted.v1";

    /// <summary>A fact on a region, strip or scene.</summary>
    public const string ObservationCreated = "org.spexstream.observation.created.v1";

    /// <summary>An alert begins.</summary>
    public const string AlertRaised = "org.spexstream.alert.raised.v1";

    /// <summary>An alert is confirmed, or changed by enough to be told.</summary>
    public const string AlertUpdated = "org.spexstream.alert.updated.v1";

    /// <summary>A pass saw that what an alert told of is over.</summary>
    public const string AlertCleared = "org.spexstream.alert.cleared.v1";

    /// <summary>An alert is taken back: it should not have been.</summary>
    public const string AlertCancelled = "org.spexstream.alert.cancelled.v1";

    /// <summary>Where an open alert stands; retained.</summary>
    public const string AlertState = "org.spexstream.alert.state.v1";

    /// <summary>State of a node.</summary>
    public const string NodeStatus = "org.spexstream.node.status.v1";

    /// <summary>Something was given up.</summary>
    public const string DeadLetter = "org.spexstream.deadletter.v1";

    /// <summary>
    /// The type in the vocabulary of OGC API Publish-Subscribe (draft 25-030):
    /// <c>org.ogc.api.collection.item.create</c>,
    /// <c>update</c> or <c>delete</c> for products and observations; other types stay as they are.
    /// </summary>
    public static string ToOgc(string type) => type switch
    {
        MaskCreated or ObservationCreated or StripAnnounced => "org.ogc.api.collection.item.create",
        MaskUpdated => "org.ogc.api.collection.item.update",
        MaskDeleted => "org.ogc.api.collection.item.delete",
        _ => type,
    };
}
