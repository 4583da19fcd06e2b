using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using SpexStream.Domain.LandCover;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>What a <c>scene.json</c> says of the raster beside it, and of its labels.</summary>
/// <param name="Image">File name of the raster.</param>
/// <param name="Bands">Names, scale, nodata.</param>
/// <param name="Labels">The raster of labels and what its values mean; null without one.</param>
internal sealed record SceneDescription(string Image, BandSettings Bands, LabelMeaning? Labels)
{
    public const string FileName = "scene.json";

    private static readonly string[] NotScored = ["cloud", "shadow"];

    /// <summary>Reads a description, or says what is wrong with it.</summary>
    public static (SceneDescription? Description, string? Fault) Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            var bands = root.GetProperty("bands").EnumerateArray()
                .Select(band => band.GetProperty("common_name").GetString()!);
            var image = root.TryGetProperty("image", out var name) ? name.GetString()! : "image.tif";
            return image.AsSpan().ContainsAny('/', '\\')
                ? (null, "names an image outside of its folder")
                : (new(image, Settings(root, [.. bands]), Meaning(root)), null);
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A member is missing or of another kind.
            return (null, $"cannot be understood ({fault.Message.ReplaceLineEndings(" ").TrimEnd('.')})");
        }
    }

    private static BandSettings Settings(JsonElement root, string[] bands)
    {
        var level = root.TryGetProperty("radiometry", out var text) && text.ValueKind == JsonValueKind.String
            ? CommonOptions.ParseRadiometry(text.GetString())
            : null;
        // A description without a nodata value says that there is none, whatever a file's tag says.
        return new(
            bands, Number(root, "scale"), Number(root, "offset"),
            Number(root, "nodata")?.ToString("R", CultureInfo.InvariantCulture) ?? "none", level);
    }

    private static double? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static LabelMeaning? Meaning(JsonElement root)
    {
        if (!root.TryGetProperty("labels", out var labels) || labels.ValueKind != JsonValueKind.Object
            || !labels.TryGetProperty("suggested_groups", out var groups))
        {
            return null;
        }

        var values = groups.EnumerateObject().ToDictionary(
            group => group.Name, group => group.Value.EnumerateArray().Select(value => value.GetInt32()).ToArray());
        var known = labels.TryGetProperty("classes", out var classes)
            ? classes.EnumerateObject().Select(entry => int.Parse(entry.Name, CultureInfo.InvariantCulture))
            : values.Values.SelectMany(group => group);
        var hidden = NotScored.SelectMany(name => Group(name)).Append(0).ToHashSet();
        return new(
            labels.GetProperty("file").GetString()!,
            new Dictionary<LandCoverClass, ImmutableArray<int>>
            {
                [LandCoverClass.Water] = Group("water"),
                [LandCoverClass.Vegetation] = Group("vegetation"),
                [LandCoverClass.Buildings] = [.. Group("built"), .. Group("buildings")],
            }.Where(entry => entry.Value.Length > 0).ToImmutableDictionary(),
            [.. known.Where(value => !hidden.Contains(value))]);

        ImmutableArray<int> Group(string name) => [.. values.GetValueOrDefault(name) ?? []];
    }
}

/// <summary>What the values of a label raster mean.</summary>
/// <param name="File">Its file name.</param>
/// <param name="Values">Values of each class that is labelled.</param>
/// <param name="Scored">Every value that says what a pixel is; others are not labelled.</param>
internal sealed record LabelMeaning(
    string File, ImmutableDictionary<LandCoverClass, ImmutableArray<int>> Values, ImmutableHashSet<int> Scored)
{
    /// <summary>For a raster without a description: 1 water, 2 vegetation, 3 buildings, 0 none of them, else not
    /// labelled.</summary>
    public static LabelMeaning Plain { get; } = new(
        "",
        ImmutableDictionary<LandCoverClass, ImmutableArray<int>>.Empty
            .Add(LandCoverClass.Water, [1]).Add(LandCoverClass.Vegetation, [2]).Add(LandCoverClass.Buildings, [3]),
        [0, 1, 2, 3]);
}
