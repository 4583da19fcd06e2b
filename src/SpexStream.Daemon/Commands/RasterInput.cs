using System.CommandLine;
using System.Globalization;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Daemon.Commands;

/// <summary>The options that say what a raster on the command line holds.</summary>
internal sealed class RasterInput
{
    // As of a strip that is announced: a small file can claim any size.
    private const long MaxSamples = 64L << 30;

    private const string BandsWhere = "assets.data.bands";
    private const int MostShown = 16;

    public Argument<string> Raster { get; } = new("RASTER")
    {
        Description = "A raster that GDAL's allowed drivers read.",
        CustomParser = result =>
        {
            if (Texts.IsPath(result.Tokens[0].Value, out var path))
            {
                return path;
            }

            result.AddError("RASTER takes the path of a file, not ''.");
            return null;
        },
    };

    public CheckedOption<string[]?> Bands { get; } = BandNames.Option();

    public CheckedOption<double?> Scale { get; } = CommonOptions.Scale();

    public CheckedOption<double?> Offset { get; } = CommonOptions.Offset();

    public CheckedOption<string?> Nodata { get; } = CommonOptions.Nodata();

    public CheckedOption<string?> Radiometry { get; } = CommonOptions.Radiometry();

    public CheckedOption<SceneId?> Scene { get; } =
        Texts.Scene("--scene", "Id of the scene and name of its folder", "made from the file's name");

    public CheckedOption<PlatformId> Platform { get; } =
        Texts.Platform("--platform", "Id of the platform", PlatformId.Parse("unknown"));

    public CheckedOption<string> Sensor { get; } = Texts.Name("--sensor", "Name of the instrument", "unknown");

    public CheckedOption<DateTimeOffset?> Sensed { get; } = Times.Instant("--sensed", "Time of sensing", "now");

    public void AddTo(Command command)
    {
        command.Arguments.Add(Raster);
        Option[] options = [Bands, Scale, Offset, Nodata, Radiometry, Scene, Platform, Sensor, Sensed];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The announcement of one strip of the raster.</summary>
    public StripAnnouncement Announce(ParseResult parsed, RasterInfo info, StripCut cut, DateTimeOffset now) =>
        Announce(
        parsed, info, cut, parsed.GetValue(Sensed)?.ToUniversalTime() ?? now, SceneIdOf(parsed, info.Path),
        Platform.Of(parsed), Sensor.Of(parsed));

    /// <summary>The whole raster as one strip, ready for the pipeline; nothing is sent or written.</summary>
    /// <exception cref="CommandException">What the options say does not fit the raster.</exception>
    public StripDelivery Place(ParseResult parsed, RasterInfo info)
    {
        if ((long)info.Width * info.Height > MaxSamples / info.Bands.Length)
        {
            throw new CommandException(
                $"{info.Path} claims {info.Width} x {info.Height} pixels of {info.Bands.Length} bands; "
                + $"at most {MaxSamples} samples are taken, cut it into several files.");
        }

        var cut = new StripCut(info.Path, 0, 1, 0, info.Height, null, null);
        var (delivery, rejection) =
            StripPlacement.Place(Announce(parsed, info, cut, TimeProvider.System.GetUtcNow()), info, null);
        return rejection is null ? delivery! : throw Refused(parsed, info, rejection);
    }

    /// <summary>A rejection in words of the command line, where it is mended; the file may have to say what an option
    /// does not.</summary>
    public CommandException Refused(ParseResult parsed, RasterInfo info, Rejection rejection)
    {
        if (rejection.Where != BandsWhere)
        {
            return Refused(rejection);
        }

        return parsed.GetValue(Bands) is { Length: > 0 }
            ? new(Refused(rejection).Message, CommandException.Misused)
            : new(
            "--bands is missing, and the file's descriptions of its bands do not do ("
            + $"{string.Join(", ", info.Bands.Take(MostShown).Select(band => Rejection.Quote(band.Name)))}"
            + $"{(info.Bands.Length > MostShown ? ", ..." : "")}): they {rejection.What}; give --bands with a name for "
            + "every band, in file order.",
            CommandException.Misused);
    }

    /// <summary>A rejection in words of the command line.</summary>
    public static CommandException Refused(Rejection rejection) => new(
        (rejection.Where == BandsWhere ? rejection with { Where = "--bands" } : rejection).Sentence);

    /// <summary>The announcement of a strip where the verb itself names scene, platform, instrument and time.</summary>
    public StripAnnouncement Announce(
        ParseResult parsed, RasterInfo info, StripCut cut, DateTimeOffset sensed, SceneId scene, PlatformId platform,
            string sensor)
    {
        var path = Path.GetFullPath(cut.Path);
        var names = parsed.GetValue(Bands) is { Length: > 0 } given ? given : [.. info.Bands.Select(band => band.Name)];
        var nodata = parsed.GetValue(Nodata);
        return new StripAnnouncement
        {
            ItemId = ItemId(scene.Value, cut),
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
                Nodata = nodata is null or "none"
                    ? null
                    : double.Parse(nodata, NumberStyles.Float, CultureInfo.InvariantCulture),
                IgnoresFileNodata = nodata == "none",
                SizeBytes = cut.SizeBytes,
                Checksum = cut.Checksum,
            },
        };
    }

    // A long id of a scene leaves no room for the strip's number.
    private static string ItemId(string scene, StripCut cut)
    {
        var number = cut.Count == 1 ? "" : $"-{cut.Index}";
        return scene[..Math.Min(scene.Length, TopicLevel.MaxLength - number.Length)] + number;
    }

    public SceneId SceneIdOf(ParseResult parsed, string path) =>
        parsed.GetValue(Scene) ?? IdFrom(Path.GetFileNameWithoutExtension(path));

    /// <summary>The id of a scene made from a name: what an id may not hold becomes a dash.</summary>
    public static SceneId IdFrom(string name)
    {
        var kept = string.Concat(
            name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
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
