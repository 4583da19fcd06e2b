using System.Diagnostics.Metrics;

namespace SpexStream.Domain.Telemetry;

/// <summary>
/// The instruments of SpexStream; their names and types are a written interface (README). Labels are few and bounded:
/// never the id of a scene, strip or tile. Safe for use from several threads.
/// </summary>
public sealed class SpexMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "SpexStream";

    private static readonly InstrumentAdvice<double> Stages = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private static readonly InstrumentAdvice<double> Passes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21600],
    };

    private const int MostPlatforms = 64;
    private readonly Meter _meter = new(Name);
    private readonly BoundedLabel _platforms = new("platform", MostPlatforms);

    /// <summary>Creates the instruments.</summary>
    public SpexMeter()
    {
        StripsReceived = _meter.CreateCounter<long>(
            "spex_strips_received", null, "Strip announcements by platform and result (accepted, duplicate, refused).");
        StripDuplicates = _meter.CreateCounter<long>(
            "spex_strip_duplicates", null, "Strips announced again with the same content.");
        DeadLetters = _meter.CreateCounter<long>("spex_deadletter", null, "Messages given up, by stage and reason.");
        Completeness = _meter.CreateGauge<double>(
            "spex_scene_completeness", "1",
                "Share of the expected strips that made it into the last closed scene, by platform.");
        Timeliness = _meter.CreateHistogram(
            "spex_scene_timeliness", "s", "Last row sensed to product published, by platform and work (new, again, archive).", advice: Passes);
        ScenesClosed = _meter.CreateCounter<long>(
            "spex_scenes_closed", null,
            "Revisions of scenes by platform, result (complete, incomplete, failed, missing-critical) and work (new, again, "
            + "archive).");
        SceneStrips = _meter.CreateCounter<long>(
            "spex_scene_strips", null,
            "Strips of the first revisions of closed scenes by platform and result (received, missing).");
        Canary = _meter.CreateHistogram(
            "spex_canary", "s", "From sending a message to ourselves to its coming back through the broker.",
                advice: Stages);
        StageLatency = _meter.CreateHistogram(
            "spex_stage_latency", "s",
                "Time that one piece of work takes in a stage (header, survey, classify, assemble).", advice: Stages);
        Backends = _meter.CreateCounter<long>("spex_backend", null, "Tiles by backend that answered and reason.");
        Retries = _meter.CreateCounter<long>("spex_retries", null, "Tiles that were tried again.");
        Degraded = _meter.CreateCounter<long>(
            "spex_degraded", null, "Tiles that rules answered instead of the model, by reason.");
        ModelSwaps = _meter.CreateCounter<long>(
            "spex_model_swaps", null, "Versions of the model that were offered, by outcome.");
        TilesGivenUp = _meter.CreateCounter<long>(
            "spex_tiles_given_up", null, "Tiles coded 'no answer' after the last attempt.");
        ExplanationsRejected = _meter.CreateCounter<long>(
            "spex_explanations_rejected", null, "Texts that contradict the measured values, by reason.");
        PixelsClassified = _meter.CreateCounter<long>("spex_pixels_classified", null, "Pixels classified.");
        RetentionDeleted = _meter.CreateCounter<long>(
            "spex_retention_deleted", "By", "Bytes deleted because they were old or room was short, by class.");
        TakeOvers = _meter.CreateCounter<long>(
            "spex_scene_takeovers", null, "Scenes whose lease this node took that somebody had begun before.");
        TilesShared = _meter.CreateCounter<long>(
            "spex_tiles_shared", null,
            "Tiles that a node answered for another, by direction (for-others, by-others) as this node sees it.");
        CatchUp = _meter.CreateCounter<long>(
            "spex_catch_up", null,
            "Copies of announcements at the catch-up session, by result (known, taken-up).");
        AlertTransitions = _meter.CreateCounter<long>(
            "spex_alert_transitions", null, "Changes of alerts by transition (raised, confirmed ... expired).");
        AlertRuleReloads = _meter.CreateCounter<long>(
            "spex_alert_rule_reloads", null, "Times that changed alert rules were read, by result (used, refused).");
        AlertScenesPassedOver = _meter.CreateCounter<long>(
            "spex_alert_scenes_passed_over", null, "Scenes that cannot be judged by the alert rules.");
        Commands = _meter.CreateCounter<long>(
            "spex_commands", null, "Commands by verb and status (done, refused, failed).");
        PublishAck = _meter.CreateHistogram(
            "spex_mqtt_publish_ack", "s", "Time from sending a message to the broker's acknowledgement.",
                advice: Stages);
        PublishFaults = _meter.CreateCounter<long>(
            "spex_mqtt_publish_faults", null,
                "Attempts to publish that broke unexpectedly; the message is tried again.");
    }

    /// <summary>Announcements; labels platform, result.</summary>
    public Counter<long> StripsReceived { get; }

    /// <summary>Duplicates.</summary>
    public Counter<long> StripDuplicates { get; }

    /// <summary>Dead letters; labels stage, reason.</summary>
    public Counter<long> DeadLetters { get; }

    /// <summary>Completeness 0..1 of the last closed scene; label platform.</summary>
    public Gauge<double> Completeness { get; }

    /// <summary>Seconds from sensing to publication; labels platform, work.</summary>
    public Histogram<double> Timeliness { get; }

    /// <summary>Revisions of scenes that ended, well or not; labels platform, result, work.</summary>
    public Counter<long> ScenesClosed { get; }

    /// <summary>Strips of closed scenes; labels platform, result.</summary>
    public Counter<long> SceneStrips { get; }

    /// <summary>Seconds that a message to ourselves takes.</summary>
    public Histogram<double> Canary { get; }

    /// <summary>Seconds in a stage; label stage.</summary>
    public Histogram<double> StageLatency { get; }

    /// <summary>Tiles; labels backend, reason.</summary>
    public Counter<long> Backends { get; }

    /// <summary>Tiles tried again.</summary>
    public Counter<long> Retries { get; }

    /// <summary>Tiles that rules answered instead of the model; label reason.</summary>
    public Counter<long> Degraded { get; }

    /// <summary>Versions of the model that were offered; label outcome.</summary>
    public Counter<long> ModelSwaps { get; }

    /// <summary>Tiles given up.</summary>
    public Counter<long> TilesGivenUp { get; }

    /// <summary>Texts turned down; label reason.</summary>
    public Counter<long> ExplanationsRejected { get; }

    /// <summary>Pixels classified.</summary>
    public Counter<long> PixelsClassified { get; }

    /// <summary>Bytes that retention deleted; label class.</summary>
    public Counter<long> RetentionDeleted { get; }

    /// <summary>Scenes taken over.</summary>
    public Counter<long> TakeOvers { get; }

    /// <summary>Tiles answered for other nodes, or by them; label direction.</summary>
    public Counter<long> TilesShared { get; }

    /// <summary>Copies of announcements at the catch-up session; label result.</summary>
    public Counter<long> CatchUp { get; }

    /// <summary>Changes of alerts; label transition.</summary>
    public Counter<long> AlertTransitions { get; }

    /// <summary>Readings of changed rules; label result.</summary>
    public Counter<long> AlertRuleReloads { get; }

    /// <summary>Scenes that cannot be judged.</summary>
    public Counter<long> AlertScenesPassedOver { get; }

    /// <summary>Commands; labels verb, status.</summary>
    public Counter<long> Commands { get; }

    /// <summary>Seconds to the broker's acknowledgement.</summary>
    public Histogram<double> PublishAck { get; }

    /// <summary>Attempts to publish that broke.</summary>
    public Counter<long> PublishFaults { get; }

    /// <summary>The label of a platform. Announcements name it: of more than 64, the later ones are one.</summary>
    public KeyValuePair<string, object?> Platform(string value) => _platforms.Of(value);

    /// <summary>Adds a counter that is read when asked for; it never falls within a process, and
    /// <paramref name="read"/> must not block.</summary>
    public void ObserveCount(string name, string help, Func<long> read) =>
        _meter.CreateObservableCounter(name, read, null, help);

    /// <summary>Adds a gauge that is read when asked for; <paramref name="read"/> must not block.</summary>
    public void Observe(string name, string? unit, string help, Func<double> read) =>
        _meter.CreateObservableGauge(name, read, unit, help);

    /// <summary>Adds a labelled gauge that is read when asked for.</summary>
    public void ObserveAll(string name, string? unit, string help, Func<IEnumerable<Measurement<double>>> read) =>
        _meter.CreateObservableGauge(name, read, unit, help);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
