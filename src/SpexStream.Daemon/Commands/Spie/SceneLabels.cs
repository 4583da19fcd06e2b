using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>The label raster of a scene, read window by window as cover codes.</summary>
internal sealed class SceneLabels : IDisposable
{
    /// <summary>Share of a picture that must be labelled for its labels to count.</summary>
    private const double LeastLabelled = 0.5;

    private readonly IRasterReader _reader;
    private readonly Dictionary<int, byte> _codes = [];

    private SceneLabels(IRasterReader reader, LabelMeaning meaning)
    {
        (_reader, Classes) = (reader, meaning.Values.Keys.ToHashSet());
        foreach (var value in meaning.Scored)
        {
            _codes[value] = CoverCode.Land;
        }

        foreach (var (cover, value) in meaning.Values.SelectMany(
            entry => entry.Value.Select(value => (entry.Key, value))))
        {
            _codes[value] = CoverCode.RegionBit(cover);
        }
    }

    /// <summary>The classes that the labels tell.</summary>
    public IReadOnlySet<LandCoverClass> Classes { get; }

    /// <summary>Opens the labels of a scene; null when there are none.</summary>
    /// <exception cref="RasterException">They cannot be read or lie on another grid.</exception>
    public static SceneLabels? Open(IRasterStore store, string folder, SpieScene scene, RasterInfo image)
    {
        var meaning = scene.Description is null ? LabelMeaning.Plain : scene.Description.Labels;
        if (meaning is null)
        {
            return null;
        }

        var beside = Path.GetDirectoryName(scene.Relative)!;
        var path = Path.Combine(folder, meaning.File.Length == 0 ? scene.Relative : Path.Combine(beside, meaning.File));
        // Polygons are none: only what lies on the scene's own grid is taken.
        if (!File.Exists(path) || Path.GetExtension(path).Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var reader = store.Open(path);
        if ((reader.Info.Width, reader.Info.Height) != (image.Width, image.Height))
        {
            reader.Dispose();
            throw new RasterException(
                path, null,
                $"has {reader.Info.Width} x {reader.Info.Height} pixels, its scene {image.Width} x {image.Height}");
        }

        return new(reader, meaning);
    }

    /// <summary>Cover codes of a window, row by row; null when too few of its pixels are labelled.</summary>
    public byte[]? Read(SpieWindow window)
    {
        var part = window.Pixels.Intersect(_reader.Info.Bounds);
        using var planes = new PixelPlanes(part, part, 1, PixelType.Float32);
        _reader.Read(part, [0], planes, 0, 0);
        var codes = new byte[SpieWindow.Size * SpieWindow.Size];
        Array.Fill(codes, CoverCode.Nodata);
        var labelled = 0;
        for (var row = 0; row < part.Height; row++)
        {
            var values = planes.RowSpan<float>(0, row);
            for (var column = 0; column < values.Length; column++)
            {
                var isLabelled = _codes.TryGetValue((int)values[column], out var code);
                codes[(row * SpieWindow.Size) + column] = isLabelled ? code : CoverCode.UndefinedIndex;
                labelled += isLabelled ? 1 : 0;
            }
        }

        return labelled >= LeastLabelled * part.Area ? codes : null;
    }

    public void Dispose() => _reader.Dispose();
}
