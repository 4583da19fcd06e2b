using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Messages;

/// <summary>
/// The stable business key of what a message is about: levels joined by "/". It stays the same over revisions; with the
/// revision it tells duplicates.
/// </summary>
public readonly record struct DataId
{
    /// <summary>Stands where a key has a strip but the whole scene is meant.</summary>
    public const string WholeScene = "all";

    private readonly string? _value;

    private DataId(params ReadOnlySpan<string> levels)
    {
        foreach (var level in levels)
        {
            if (!TopicLevel.IsValid(level))
            {
                throw new ArgumentException($"'{level}' cannot stand in a key: {TopicLevel.Rule}.", nameof(levels));
            }
        }

        _value = string.Join('/', levels!);
    }

    /// <summary>The key as text.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset DataId has no value.");

    /// <summary><c>{station}/strip/{platform}/{scene}/{index}</c>.</summary>
    public static DataId OfStrip(StationId station, PlatformId platform, SceneId scene, int index) =>
        new(station.Value, "strip", platform.Value, scene.Value, Number(index));

    /// <summary><c>{station}/{collection}/{platform}/{scene}/{strip}/{class}</c>; "all" for the whole scene.</summary>
    /// <exception cref="ArgumentException">The collection is no valid level.</exception>
    public static DataId OfProduct(
        StationId station, string collection, PlatformId platform, SceneId scene, int? strip, ProductClass product) =>
        new(station.Value, collection, platform.Value, scene.Value, StripLevel(strip), product.Slug());

    /// <summary>
    /// <c>{station}/observation/{platform}/{scene}/{strip}/{class}/{aoi}/{what}</c>; what = "summary" or a
    /// region's key. The area of interest is part of it: the same region said for two areas is two things.
    /// </summary>
    /// <exception cref="ArgumentException">A text is no valid level.</exception>
    public static DataId OfObservation(
        StationId station,
        PlatformId platform,
        SceneId scene,
        int? strip,
        ProductClass product,
        string aoi,
        string what) =>
        new(station.Value, "observation", platform.Value, scene.Value, StripLevel(strip), product.Slug(), aoi, what);

    /// <summary><c>{station}/scene/{platform}/{scene}</c>.</summary>
    public static DataId OfScene(StationId station, PlatformId platform, SceneId scene) =>
        new(station.Value, "scene", platform.Value, scene.Value);

    /// <summary><c>{station}/scene-state/{scene}</c>.</summary>
    public static DataId OfSceneState(StationId station, SceneId scene) =>
        new(station.Value, "scene-state", scene.Value);

    /// <summary><c>{station}/{form}/{area}/{alert}</c>; form = "alert", "cap" or "alert-state".</summary>
    /// <exception cref="ArgumentException">A part is no valid level.</exception>
    public static DataId OfAlert(StationId station, string form, string area, string alert) =>
        new(station.Value, form, area, alert);

    /// <summary><c>{station}/node/{node}</c>.</summary>
    /// <exception cref="ArgumentException">The node is no valid level.</exception>
    public static DataId OfNode(StationId station, string node) => new(station.Value, "node", node);

    /// <summary><c>{station}/dlq/{stage}/{hash}</c>.</summary>
    /// <exception cref="ArgumentException">A part is no valid level.</exception>
    public static DataId OfDeadLetter(StationId station, string stage, string payloadHash) =>
        new(station.Value, "dlq", stage, payloadHash);

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(unset)";

    private static string StripLevel(int? strip) => strip is { } index ? Number(index) : WholeScene;

    private static string Number(int index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
