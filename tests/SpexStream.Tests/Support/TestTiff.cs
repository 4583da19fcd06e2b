using System.Globalization;
using System.Text;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;

namespace SpexStream.Tests.Support;

/// <summary>A small GeoTIFF as a test wants it, written without GDAL so that GDAL's reading is put to the
/// test.</summary>
internal sealed record TestTiff(int Width, int Height, int Bands, PixelType Type)
{
    private const int Short = 3;
    private const int Long = 4;
    private const int Double = 12;

    /// <summary>Edge of square tiles, a multiple of 16; null for strips of whole rows.</summary>
    public int? TileEdge { get; init; }

    public int RowsPerStrip { get; init; } = 16;

    public bool PixelInterleaved { get; init; }

    public bool Deflate { get; init; }

    /// <summary>Complex samples of twice the size, their imaginary part 0.</summary>
    public bool IsComplex { get; init; }

    public Affine? Transform { get; init; }

    public int? Epsg { get; init; }

    public string? Nodata { get; init; }

    public string[] Names { get; init; } = [];

    public double? Scale { get; init; }

    public double? Offset { get; init; }

    /// <summary>Writes the file; <paramref name="sample"/> gives the value at band, column and row.</summary>
    public void Write(string path, Func<int, int, int, double> sample)
    {
        using var stream = File.Create(path);
        using var writer = new BinaryWriter(stream);
        writer.Write("II*\0"u8);
        writer.Write(0);
        var (offsets, sizes) = (new List<long>(), new List<long>());
        foreach (var block in TiffBlocks.Of(this, sample))
        {
            offsets.Add(stream.Position);
            sizes.Add(block.Length);
            writer.Write(block);
        }

        var entries = Entries(offsets, sizes).OrderBy(entry => entry.Tag).ToList();
        var places = new List<long>();
        foreach (var (_, _, data) in entries)
        {
            stream.Position += stream.Position % 2;
            places.Add(stream.Position);
            writer.Write(data);
        }

        stream.Position += stream.Position % 2;
        var directory = stream.Position;
        writer.Write((ushort)entries.Count);
        foreach (var ((tag, type, data), place) in entries.Zip(places))
        {
            writer.Write((ushort)tag);
            writer.Write((ushort)type);
            writer.Write(data.Length / SizeOf(type));
            writer.Write(
                data.Length > 4 ? BitConverter.GetBytes((uint)place) : [.. data, .. new byte[4 - data.Length]]);
        }

        writer.Write(0);
        stream.Position = 4;
        writer.Write((uint)directory);
    }

    private IEnumerable<(int Tag, int Type, byte[] Data)> Entries(List<long> offsets, List<long> sizes)
    {
        var bits = Type.ByteSize() * 8 * (IsComplex ? 2 : 1);
        var format = IsComplex ? 6 : Type switch { PixelType.Int16 => 2, PixelType.Float32 => 3, _ => 1 };
        yield return (256, Long, Longs(Width));
        yield return (257, Long, Longs(Height));
        yield return (258, Short, Shorts(Enumerable.Repeat(bits, Bands)));
        yield return (259, Short, Shorts([Deflate ? 8 : 1]));
        yield return (262, Short, Shorts([1]));
        yield return (277, Short, Shorts([Bands]));
        yield return (284, Short, Shorts([PixelInterleaved || Bands == 1 ? 1 : 2]));
        yield return (338, Short, Shorts(Enumerable.Repeat(0, Math.Max(1, Bands - 1))));
        yield return (339, Short, Shorts(Enumerable.Repeat(format, Bands)));
        yield return (TileEdge is null ? 278 : 322, Long, Longs(TileEdge ?? RowsPerStrip));
        if (TileEdge is { } edge)
        {
            yield return (323, Long, Longs(edge));
        }

        yield return (TileEdge is null ? 273 : 324, Long, Longs([.. offsets]));
        yield return (TileEdge is null ? 279 : 325, Long, Longs([.. sizes]));
        if (Transform is { } t)
        {
            double[] matrix = [t.ColumnX, t.RowX, 0, t.OriginX, t.ColumnY, t.RowY, 0, t.OriginY, 0, 0, 0, 0, 0, 0, 0,
                1];
            yield return (34264, Double, [.. matrix.SelectMany(BitConverter.GetBytes)]);
        }

        if (Epsg is { } code)
        {
            var geographic = code == 4326;
            yield return (34735, Short, Shorts(
                [1, 1, 0, 3, 1024, 0, 1, geographic ? 2 : 1, 1025, 0, 1, 1, geographic ? 2048 : 3072, 0, 1, code]));
        }

        if (Nodata is { } nodata)
        {
            yield return (42113, 2, Text(nodata));
        }

        if (Names.Length > 0 || Scale is not null || Offset is not null)
        {
            yield return (42112, 2, Text(Metadata()));
        }
    }

    private string Metadata()
    {
        var items = new StringBuilder("<GDALMetadata>");
        for (var band = 0; band < Bands; band++)
        {
            Item(band, "DESCRIPTION", "description", Names.ElementAtOrDefault(band));
            Item(band, "SCALE", "scale", Scale?.ToString("R", CultureInfo.InvariantCulture));
            Item(band, "OFFSET", "offset", Offset?.ToString("R", CultureInfo.InvariantCulture));
        }

        return items.Append("</GDALMetadata>").ToString();

        void Item(int band, string name, string role, string? value)
        {
            if (value is not null)
            {
                items.Append(CultureInfo.InvariantCulture,
                    $"<Item name=\"{name}\" sample=\"{band}\" role=\"{role}\">{value}</Item>");
            }
        }
    }

    private static int SizeOf(int type) => type switch { 2 => 1, Short => 2, Long => 4, _ => 8 };

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Shorts(IEnumerable<int> values) =>
        [.. values.SelectMany(value => BitConverter.GetBytes((ushort)value))];

    private static byte[] Longs(params long[] values) =>
        [.. values.SelectMany(value => BitConverter.GetBytes((uint)value))];
}
