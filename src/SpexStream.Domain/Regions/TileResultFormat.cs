using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Tile results as bytes, for the work folder of one machine: little-endian arrays as they lie in memory, with a
/// CRC-32C behind them, so that a torn or damaged file is told from a good one. Not a format for exchange.
/// </summary>
public static class TileResultFormat
{
    private const int Magic = 0x54585053;
    private const int Version = 1;
    private const int HeaderBytes = 10 * sizeof(int);

    /// <summary>Writes a result.</summary>
    public static byte[] Write(TileResult result)
    {
        RequireLittleEndian();
        var runs = result.Runs;
        var writer = new SpanWriter(new byte[Size(result)]);
        writer.Put(Magic, Version, result.Tile.Column, result.Tile.Row);
        writer.Put(result.Core.Column, result.Core.Row, result.Core.Width, result.Core.Height);
        writer.Put(runs.Count, result.Labels.Length);
        writer.PutAll(runs.RowFirst);
        writer.PutAll(runs.Ends);
        writer.PutAll(runs.Codes);
        foreach (var labels in result.Labels)
        {
            writer.Put((int)labels.Class, labels.Count, labels.Components.Length, labels.Bins.Length);
            writer.PutAll(labels.RowFirst);
            writer.PutAll(labels.Components);
            writer.PutAll(labels.Stats);
            writer.PutAll(labels.Bins);
        }

        return writer.Seal();
    }

    /// <summary>Reads a result back.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, cut off or of another format.</exception>
    public static TileResult Read(ReadOnlySpan<byte> bytes)
    {
        RequireLittleEndian();
        var reader = new SpanReader(bytes);
        if (bytes.Length < HeaderBytes + sizeof(uint) || !reader.IsSealed())
        {
            throw new InvalidDataException("The tile result is damaged or cut off.");
        }

        if (reader.Next() != Magic || reader.Next() != Version)
        {
            throw new InvalidDataException($"Not a tile result of version {Version}.");
        }

        var tile = new TileIndex(reader.Next(), reader.Next());
        var core = new PixelWindow(reader.Next(), reader.Next(), reader.Next(), reader.Next());
        var (runCount, classes) = (reader.Next(), reader.Next());
        var runs = new TileRuns(
            core.Width,
            core.Height,
            reader.Array<int>(core.Height + 1),
            reader.Array<ushort>(runCount),
            reader.Array<byte>(runCount));
        var labels = ImmutableArray.CreateBuilder<TileLabels>(classes);
        for (var i = 0; i < classes; i++)
        {
            labels.Add(ReadLabels(ref reader, core.Height));
        }

        return new(tile, core, runs, labels.MoveToImmutable());
    }

    private static TileLabels ReadLabels(ref SpanReader reader, int height)
    {
        var value = (LandCoverClass)reader.Next();
        var (components, runs, bins) = (reader.Next(), reader.Next(), reader.Next());
        return new(
            value,
            reader.Array<int>(height + 1),
            reader.Array<int>(runs),
            reader.Array<ComponentStats>(components),
            reader.Array<ConfidenceBin>(bins));
    }

    private static unsafe int Size(TileResult result)
    {
        var rows = (result.Core.Height + 1) * sizeof(int);
        var size = HeaderBytes + rows + (result.Runs.Count * 3) + sizeof(uint);
        foreach (var labels in result.Labels)
        {
            size += (4 * sizeof(int)) + rows + (labels.Components.Length * sizeof(int))
                + (labels.Count * sizeof(ComponentStats)) + (labels.Bins.Length * sizeof(ConfidenceBin));
        }

        return size;
    }

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Tile results are kept in little-endian byte order.");
        }
    }
}
