using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Json;

namespace SpexStream.Messaging.Wire.Announcements;

/// <summary>Reads the Item of an announcement field by field.</summary>
internal sealed class StripItemReader(JsonField item, AnnouncementLimits limits, bool isInBand)
{
    private readonly JsonField _properties = item.Member("properties");

    /// <summary>The announcement; null where something it must hold could not be read, which was reported.</summary>
    public StripAnnouncement? Read(out SceneId? scene)
    {
        item.AsObject();
        CheckKind();
        var id = Level(item.Member("id").Required("give the Item's id"));
        _properties.Required("give the Item's properties").AsObject();
        scene = Scene(Property("spex:scene_id").Required("name the scene"));
        var platform = PlatformId.TryParse(
            Level(Property("platform").Required("name the satellite")), out var p) ? p : (PlatformId?)null;
        var strip = Property("spex:strip_index")
            .Required("number the strips along the track from 0").Integer(0, AnnouncementRules.MaxStrips - 1);
        var (start, end) = Times();
        var data = new StripAssetReader(item, limits, isInBand).Read();
        if (id is null || scene is null || platform is null || strip is null
            || start is null || end is null || data is null)
        {
            return null;
        }

        return WithOptional(new()
        {
            ItemId = id,
            Scene = scene.Value,
            Platform = platform.Value,
            StripIndex = (int)strip.Value,
            SensingStart = start.Value,
            SensingEnd = end.Value,
            Data = data,
        });
    }

    private StripAnnouncement WithOptional(StripAnnouncement strip) => strip with
    {
        Revision = (int)(Property("spex:revision").Integer(1, int.MaxValue) ?? StripAnnouncement.FirstRevision),
        Instruments = [.. Instruments()],
        StripCount = (int?)Property("spex:strip_count").Integer(1, AnnouncementRules.MaxStrips),
        RowOffset = (int?)Property("spex:row_offset").Integer(0, int.MaxValue),
        SceneShape = Shape(),
        Tier = Tier(),
        Priority = (int)(Property("spex:priority").Integer(0, 9) ?? StripAnnouncement.DefaultPriority),
        Deadline = Property("spex:deadline").Time(),
        Instruction = Property("spex:instruction").Text(limits.MaxInstructionLength),
        IsLast = Property("spex:last").Flag() ?? false,
        ProjCode = ProjCode(item.Member("assets").Member("data").Member("proj:code"))
            ?? ProjCode(Property("proj:code")),
        Radiometry = Radiometry(),
        Footprint = Footprint(),
        Bounds = GeoJsonReader.Box(item.Member("bbox")),
        Links = [.. Links()],
    };

    private void CheckKind()
    {
        var type = item.Member("type");
        if (type.Required("give \"Feature\"").Text(limits.MaxNameLength) is { } kind and not "Feature")
        {
            type.Refuse($"is {Rejection.Quote(kind)}", "send a GeoJSON Feature");
        }

        var version = item.Member("stac_version");
        if (version.Required("give \"1.1.0\"").Text(limits.MaxNameLength) is { } text
            && !text.StartsWith("1.", StringComparison.Ordinal))
        {
            version.Refuse($"is {Rejection.Quote(text)}", "use STAC 1.1");
        }
    }

    private (DateTimeOffset? Start, DateTimeOffset? End) Times()
    {
        var (instant, from, to) = (Property("datetime"), Property("start_datetime"), Property("end_datetime"));
        var (at, start, end) = (instant.Time(), from.Time(), to.Time());
        if (from.Exists || to.Exists)
        {
            from.Required("give start_datetime and end_datetime together");
            to.Required("give start_datetime and end_datetime together");
            return (start, end);
        }

        instant.Required("give datetime, or start_datetime and end_datetime");
        return (at, at);
    }

    private IEnumerable<string> Instruments() => Property("instruments").Items(limits.MaxInstruments)
        .Select(field => field.Required("give an instrument's name").Text(limits.MaxNameLength))
        .OfType<string>();

    private SceneShape? Shape()
    {
        var field = Property("spex:scene_shape");
        if (!field.Exists)
        {
            return null;
        }

        long?[] sizes = [.. field.Items(max: 2).Select(size => size.Integer(1, int.MaxValue))];
        return sizes is [{ } rows, { } columns]
            ? new SceneShape((int)rows, (int)columns)
            : field.Refuse<SceneShape?>("is no size", "give [rows, columns] in pixels");
    }

    private StripTier Tier()
    {
        var field = Property("spex:tier");
        return field.Text(limits.MaxNameLength) is not { } text
            ? StripTier.Wanted
            : StripTiers.FromSlug(text)
                ?? field.Refuse<StripTier>($"is {Rejection.Quote(text)}", "use critical, wanted or optional");
    }

    private RadiometryLevel? Radiometry()
    {
        var field = Property("spex:radiometry");
        return field.Text(limits.MaxNameLength) switch
        {
            null => null,
            "sr" => RadiometryLevel.SurfaceReflectance,
            "toa" => RadiometryLevel.TopOfAtmosphere,
            "none" => RadiometryLevel.Uncalibrated,
            var text => field.Refuse<RadiometryLevel?>($"is {Rejection.Quote(text)}", "use sr, toa or none"),
        };
    }

    private string? ProjCode(JsonField field) =>
        field.Text(limits.MaxNameLength) is not { } text ? null
        : text.Split(':') is [{ Length: > 0 } authority, { Length: > 0 } code]
            && authority.All(IsCodeCharacter) && code.All(IsCodeCharacter) ? text
        : field.Refuse<string>($"is {Rejection.Quote(text)}", "give authority and code, such as EPSG:32633");

    private GeoOutline? Footprint()
    {
        var field = item.Member("geometry");
        return GeoJsonReader.Geometry(field, limits.MaxVertices) switch
        {
            GeoOutline outline => outline,
            null => null,
            _ => field.Refuse<GeoOutline>("is no area", "use Polygon, MultiPolygon or null"),
        };
    }

    private IEnumerable<ItemLink> Links()
    {
        foreach (var link in item.Member("links").Items(limits.MaxLinks))
        {
            var rel = link.Member("rel").Required("give the link's relation").Text(limits.MaxNameLength);
            var href = link.Member("href").Required("give the link's target").Text(limits.MaxHrefLength);
            if (rel is not null && href is not null)
            {
                yield return new(
                    rel,
                    href,
                    link.Member("type").Text(limits.MaxNameLength),
                    link.Member("title").Text(limits.MaxNameLength));
            }
        }
    }

    private static string? Level(JsonField field) =>
        field.Text(maxLength: 1000) is not { } text ? null
        : TopicLevel.IsValid(text) ? text
        : field.Refuse<string>($"is {Rejection.Quote(text)}", $"use {TopicLevel.Rule}");

    private static SceneId? Scene(JsonField field) =>
        field.Text(maxLength: 1000) is not { } text ? null
        : SceneId.TryParse(text, out var scene) ? scene
        : field.Refuse<SceneId?>($"is {Rejection.Quote(text)}", $"use {SceneId.Rule}");

    private static bool IsCodeCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';

    private JsonField Property(string name) => _properties.Member(name);
}
