using System.Globalization;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>A raster of the folder of scenes.</summary>
/// <param name="Id">Its id; the name of its folder where a description stands there, else of its file.</param>
/// <param name="Path">The raster.</param>
/// <param name="Relative">The same below the folder of scenes.</param>
/// <param name="Description">What stands beside it; null without a description.</param>
internal sealed record SpieScene(SceneId Id, string Path, string Relative, SceneDescription? Description)
{
    private static readonly string[] Extensions = [".tif", ".tiff", ".jp2"];

    /// <summary>
    /// All scenes below a folder, in order of their names. A folder with a description has the one raster that the
    /// description names; in others every raster is a scene.
    /// </summary>
    /// <param name="root">The folder of scenes.</param>
    /// <param name="refuse">Told of what cannot be used: path and reason.</param>
    public static IReadOnlyList<SpieScene> In(string root, Action<string, string> refuse)
    {
        var scenes = new SortedDictionary<string, SpieScene>(StringComparer.Ordinal);
        var folders = Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Prepend(root);
        foreach (var scene in folders.Order(StringComparer.Ordinal).SelectMany(folder => Of(root, folder, refuse)))
        {
            if (!scenes.TryAdd(scene.Id.Value, scene))
            {
                refuse(scene.Path, $"has the same id ({scene.Id}) as {scenes[scene.Id.Value].Path}");
            }
        }

        return [.. scenes.Values];
    }

    /// <summary>The scene as one strip, ready to be read.</summary>
    /// <exception cref="RasterException">What is said of it does not fit the raster.</exception>
    public StripDelivery Place(RasterInfo info, BandSettings settings)
    {
        var bands = Description?.Bands ?? settings;
        var names = bands.Names.Length > 0 ? bands.Names : [.. info.Bands.Select(band => band.Name)];
        var announcement = new StripAnnouncement
        {
            ItemId = Id.Value,
            Scene = Id,
            Platform = PlatformId.Parse("unknown"),
            StripIndex = 0,
            StripCount = 1,
            SensingStart = DateTimeOffset.UnixEpoch,
            SensingEnd = DateTimeOffset.UnixEpoch,
            Radiometry = bands.Level,
            Data = new StripAsset
            {
                Href = StripHref.TryParse(Path, out var href) ? href : null,
                Bands = [.. names.Select(name => new StripBand(name, name))],
                Scale = bands.Scale,
                Offset = bands.Offset,
                Nodata = bands.Nodata is null or "none" ? null
                    : double.Parse(bands.Nodata, NumberStyles.Float, CultureInfo.InvariantCulture),
                IgnoresFileNodata = bands.Nodata == "none",
            },
        };
        var (delivery, rejection) = StripPlacement.Place(announcement, info, null);
        return rejection is null ? delivery!
            : throw new RasterException(Path, null, RasterInput.Refused(rejection).Message);
    }

    private static IEnumerable<SpieScene> Of(string root, string folder, Action<string, string> refuse)
    {
        var beside = System.IO.Path.Combine(folder, SceneDescription.FileName);
        if (!File.Exists(beside))
        {
            return Directory.EnumerateFiles(folder)
                .Where(path => Extensions.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant()))
                .Order(StringComparer.Ordinal)
                .Select(path => Make(RasterInput.IdFrom(System.IO.Path.GetFileNameWithoutExtension(path)), path, null));
        }

        var (description, fault) = SceneDescription.Read(beside);
        if (description is null)
        {
            refuse(beside, fault!);
            return [];
        }

        return [Make(RasterInput.IdFrom(System.IO.Path.GetFileName(folder)),
            System.IO.Path.Combine(folder, description.Image), description)];

        SpieScene Make(SceneId id, string path, SceneDescription? description) =>
            new(id, path, System.IO.Path.GetRelativePath(root, path), description);
    }
}
