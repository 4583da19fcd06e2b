using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;

namespace SpexStream.Daemon.Commands;

/// <summary>The options that say what a raster on the command line holds.</summary>
internal sealed class RasterInput
{
    public Argument<string> Raster { get; } = new("RASTER") { Description = "A raster that GDAL's allowed drivers read." };

    public Option<string[]> Bands { get; } = CommonOptions.Bands();

    public Option<double?> Scale { get; } = CommonOptions.Scale();

    public Option<double?> Offset { get; } = CommonOptions.Offset();

    public Option<string?> Nodata { get; } = CommonOptions.Nodata();

    public Option<string?> Radiometry { get; } = CommonOptions.Radiometry();

    public Option<string?> Scene { get; } = new("--scene") { Description = "Scene id. Default: made from the file's name." };

    public Option<string> Platform { get; } = new("--platform")
    {
        Description = "Platform id.",
        DefaultValueFactory = _ => "unknown",
    };

    public Option<string> Sensor { get; } = new("--sensor") { Description = "Instrument.", DefaultValueFactory = _ => "unknown" };

    public Option<DateTimeOffset?> Sensed { get; } = new("--sensed")
    {
        Description = "Time of sensing (RFC 3339). Default: now.",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Raster);
        foreach (Option option in new Option[] { Bands, Scale, Offset, Nodata, Radiometry, Scene, Platform, Sensor, Sensed })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The announcement of one strip of the raster.</summary>
    /// <exception cref="FormatException">An id breaks the rule of ids.</exception>
    public StripAnnouncement Announce(ParseResult parsed, RasterInfo info, StripCut cut, DateTimeOffset now) => Announce(
        parsed, info, cut, parsed.GetValue(Sensed)?.ToUniversalTime() ?? now, SceneIdOf(parsed),
        PlatformId.Parse(parsed.GetValue(Platform)!), parsed.GetValue(Sensor)!);

    /// <summary>The same where the verb itself names scene, platform, instrument and time.</summary>
    public StripAnnouncement Announce(
        ParseResult parsed, RasterInfo info, StripCut cut, DateTimeOffset sensed, SceneId scene, PlatformId platform, string sensor)
    {
        var path = Path.GetFullPath(cut.Path);
        var names = parsed.GetValue(Bands) is { Length: > 0 } given ? given : [.. info.Bands.Select(band => band.Name)];
        var nodata = parsed.GetValue(Nodata);
        return new StripAnnouncement
        {
            ItemId = cut.Count == 1 ? scene.Value : $"{scene.Value}-{cut.Index}",
            Scene = scene,
            Platform = platform,
            StripIndex = cut.Index,
            StripCount = cut.Count,
            RowOffset = cut.RowOffset,
            SceneShape = new SceneShape(cut.SceneHeight, info.Width),
            SensingStart = sensed,
            SensingEnd = sensed,
            Instruments = [sensor],
            IsLast = false,
            Radiometry = CommonOptions.ParseRadiometry(parsed.GetValue(Radiometry)),
            ProjCode = null,
            Data = new StripAsset
            {
                Href = StripHref.TryParse(path, out var href) ? href : null,
                MediaType = "image/tiff; application=geotiff",
                Bands = [.. names.Select(name => new StripBand(name, name))],
                Scale = parsed.GetValue(Scale),
                Offset = parsed.GetValue(Offset),
                Nodata = nodata is null or "none" ? null : double.Parse(nodata, NumberStyles.Float, CultureInfo.InvariantCulture),
                IgnoresFileNodata = nodata == "none",
                SizeBytes = cut.SizeBytes,
                Checksum = cut.Checksum,
            },
        };
    }

    public SceneId SceneIdOf(ParseResult parsed) => parsed.GetValue(Scene) is { } given
        ? SceneId.Parse(given)
        : IdFrom(Path.GetFileNameWithoutExtension(parsed.GetValue(Raster)!));

    /// <summary>The id of a scene made from a name: what an id may not hold becomes a dash.</summary>
    public static SceneId IdFrom(string name)
    {
        var kept = string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
        kept = kept.TrimStart('.', '_', '-');
        kept = kept[..Math.Min(kept.Length, TopicLevel.MaxLength)];
        // A name that other files have a claim to loses its dots; a device's name gets something in front of it.
        return SceneId.TryParse(kept, out var id) || SceneId.TryParse(kept.Replace('.', '-'), out id)
            ? id
            : SceneId.Parse($"scene{(kept.Length == 0 ? "" : "-")}{kept.Replace('.', '-')}");
    }
}

/// <summary>One strip of a raster on the command line.</summary>
internal sealed record StripCut(
    string Path, int Index, int Count, int RowOffset, int SceneHeight, long? SizeBytes, ContentChecksum? Checksum);
