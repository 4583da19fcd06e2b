using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// The masks of where a class usually is, read once per version of their files and kept as runs. Safe for several
/// threads.
/// </summary>
/// <param name="store">Opens rasters.</param>
/// <param name="transforms">From coordinate systems to the Earth.</param>
/// <param name="onTrouble">Told of each mask that cannot be had, and of the scene on which its rules are not judged;
/// null where it was found out by a look at the rules.</param>
public sealed class ReferenceMasks(
    IRasterStore store, ICoordinateTransforms transforms, Action<SceneSpec?, string> onTrouble)
{
    /// <summary>Most pixels of a mask.</summary>
    public const long MaxPixels = 1L << 30;

    private readonly ConcurrentDictionary<string, Lazy<Mask>> _masks = new();
    private readonly ConcurrentDictionary<string, string> _faults = new();

    /// <summary>What is wrong with masks, one sentence each, in the order of their names; what needs them is not judged
    /// meanwhile. As of the last check, and of the last scene since.</summary>
    public ImmutableArray<string> Faults => [.. _faults.OrderBy(entry => entry.Key).Select(entry => entry.Value)];

    /// <summary>Looks whether the masks that rules name can be had, by their headers, and tells of those that
    /// cannot.</summary>
    public void Check(RuleSet rules)
    {
        foreach (var gone in _faults.Keys.Where(name => !rules.References.ContainsKey(name)))
        {
            _faults.TryRemove(gone, out _);
        }

        foreach (var (name, path) in rules.References)
        {
            Try<object>(null, name, () => MapOf(store.Describe(path)));
        }
    }

    /// <summary>A mask laid under a scene; null when it cannot be had.</summary>
    /// <param name="rules">The rules that name it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="scene">The scene, as it was closed.</param>
    /// <param name="map">Where the scene's pixels lie.</param>
    public PairedRows? Under(RuleSet rules, string name, SceneSpec scene, GroundMap map)
    {
        if (rules.References.GetValueOrDefault(name) is not { } path)
        {
            onTrouble(scene, $"reference mask {name} is not among the rules' references");
            return null;
        }

        return Try(scene, name, () =>
        {
            // One entry per file: a new version takes the place of the old one.
            var stamp = StampOf(path);
            var kept = _masks.AddOrUpdate(
                path, _ => Load(path, stamp),
                (_, old) => old.IsValueCreated && old.Value.Stamp == stamp ? old : Load(path, stamp));
            try
            {
                var mask = kept.Value;
                return MappingOf(scene, map, mask) is { } mapping
                    ? new PairedRows(mask.Rows, mapping) { Digest = mask.Digest }
                    : null;
            }
            catch
            {
                _masks.TryRemove(path, out _);
                throw;
            }
        });
    }

    private T? Try<T>(SceneSpec? scene, string name, Func<T?> read)
        where T : class
    {
        try
        {
            var result = read();
            _faults.TryRemove(name, out _);
            return result;
        }
        catch (Exception fault) when (fault is RasterException or IOException or UnauthorizedAccessException
            or FormatException or InvalidDataException)
        {
            // The product stands without it; who reads the log can mend the file.
            _faults[name] = $"reference mask {name}: {fault.Message}";
            onTrouble(scene, _faults[name]);
            return null;
        }
    }

    private Lazy<Mask> Load(string path, (long Ticks, long Bytes) stamp) => new(() =>
    {
        using var reader = store.Open(path);
        var info = reader.Info;
        var map = MapOf(info);
        var band = new RunBand();
        using (var rows = new MaskFileRows(reader, GroundState.Yes))
        {
            band.Load(rows, 0, info.Height);
        }

        // Half of a mask that is being written would be judged by as if it were another one.
        return StampOf(path) == stamp ? new(stamp, info, map, band, DigestOf(info, map, band))
            : throw new InvalidDataException($"{path} was changed while it was read; it is read again with the next "
                + "scene (put a new mask in place by renaming it)");
    });

    private GroundMap MapOf(RasterInfo info) =>
        (long)info.Width * info.Height > MaxPixels ? throw new InvalidDataException(
            $"{info.Path} has {info.Width} x {info.Height} pixels, at most 2^30 are read")
        : GroundMap.Create(info.Width, info.Height, info.Transform, info.Crs, transforms)
            ?? throw new InvalidDataException($"{info.Path} says not where its pixels lie");

    private static IPixelMapping? MappingOf(SceneSpec scene, GroundMap map, Mask mask) =>
        scene is { Crs: { } crs, Transform: { } newer } && mask.Info.Crs!.Wkt == crs.Wkt
            ? new AffineMapping(newer, mask.Info.Transform!.Value) : new GroundMapping(map, mask.Map);

    // By what it says and where: the same mask copied again is no other, and nodes need not have the same file, nor the
    // same GDAL, which may word the definition of a coordinate system otherwise from one version to the next.
    private static string DigestOf(RasterInfo info, GroundMap map, RunBand rows)
    {
        var at = info.Transform!.Value;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {at.OriginX:R} {at.ColumnX:R} {at.RowX:R} {at.OriginY:R} {at.ColumnY:R} {at.RowY:R}
            {rows.Digest()} {info.Crs!.Code ?? string.Join(' ', map.Footprint().Select(Rounded))}
            """);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    // To about 0.1 m; adding 0 leaves no zero with a sign.
    private static string Rounded(LonLat place) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.Round(place.Longitude, 6) + 0:F6} {Math.Round(place.Latitude, 6) + 0:F6}");

    private static (long Ticks, long Bytes) StampOf(string path)
    {
        var file = new FileInfo(path);
        return (file.LastWriteTimeUtc.Ticks, file.Length);
    }

    private sealed record Mask(
        (long Ticks, long Bytes) Stamp, RasterInfo Info, GroundMap Map, RunBand Rows, string Digest);
}
