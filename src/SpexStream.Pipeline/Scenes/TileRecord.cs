using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;

namespace SpexStream.Pipeline.Scenes;

/// <summary>The answer of a tile as a record, in the work folder and on its way between nodes.</summary>
/// <remarks>
/// Content of a <see cref="RecordFile"/>'s record, little-endian: column and row of the tile, basis (16 bytes), browse
/// window (4 ints), number of parts, their lengths, the parts (result, browse samples, planes). Where a model spoke,
/// the number of parts carries <see cref="HasTexts"/>, and the last part holds its texts.
/// </remarks>
internal static class TileRecord
{
    /// <summary>First bytes of a record.</summary>
    public const int Mark = 0x4C585053;

    /// <summary>Bytes before the lengths of the parts.</summary>
    public const int HeaderBytes = RecordFile.HeadBytes + (7 * sizeof(int)) + 16;

    private const int MostParts = 16;
    private const int HasTexts = 0x100;

    /// <summary>What a record is the answer to.</summary>
    public static (TileIndex Tile, UInt128 Basis) Head(byte[] record) =>
        (new(Int(record, 8), Int(record, 12)), BinaryPrimitives.ReadUInt128LittleEndian(record.AsSpan(16)));

    /// <summary>An answer as a record, not sealed yet.</summary>
    public static byte[] Write(TileAnswer answer)
    {
        var parts = new List<byte[]> { TileResultFormat.Write(answer.Result), Samples(answer.Browse) };
        parts.AddRange(answer.Planes);
        if (!answer.Texts.IsEmpty)
        {
            parts.Add(TileTexts.Write(answer.Texts));
        }

        var record =
            new byte[HeaderBytes + (parts.Count * sizeof(int)) + parts.Sum(part => part.Length) + RecordFile.TailBytes];
        var (tile, browse) = (answer.Result.Tile, answer.Browse);
        Put(record, 8, tile.Column, tile.Row);
        BinaryPrimitives.WriteUInt128LittleEndian(record.AsSpan(16), answer.Basis);
        Put(record, 32, browse?.Column ?? 0, browse?.Row ?? 0, browse?.Width ?? 0, browse?.Height ?? 0,
            parts.Count | (answer.Texts.IsEmpty ? 0 : HasTexts));
        Put(record, HeaderBytes, [.. parts.Select(part => part.Length)]);
        var at = HeaderBytes + (parts.Count * sizeof(int));
        foreach (var part in parts)
        {
            part.CopyTo(record, at);
            at += part.Length;
        }

        return record;
    }

    /// <summary>Reads a sealed record.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static TileAnswer Read(byte[] record)
    {
        var (tile, basis) = Head(record);
        var (count, speaks) = (Int(record, 48) & ~HasTexts, (Int(record, 48) & HasTexts) != 0);
        if (count < (speaks ? 3 : 2) || count > MostParts)
        {
            throw new InvalidDataException($"The answer of tile {tile} has {count} parts.");
        }

        var (at, parts) = (HeaderBytes + (count * sizeof(int)), new byte[count][]);
        for (var i = 0; i < count; i++)
        {
            var length = Int(record, HeaderBytes + (i * sizeof(int)));
            parts[i] = record.AsSpan(at, length).ToArray();
            at += length;
        }

        var browse = parts[1].Length == 0 ? null : new BrowseSamples(
            Int(record, 32), Int(record, 36), Int(record, 40), Int(record, 44),
                MemoryMarshal.Cast<byte, float>(parts[1]).ToArray());
        return new(TileResultFormat.Read(parts[0]), [.. parts[2..(speaks ? ^1 : ^0)]], browse, basis)
        {
            Texts = speaks ? TileTexts.Read(parts[^1]) : [],
        };
    }

    private static byte[] Samples(BrowseSamples? browse) =>
        browse is null ? [] : MemoryMarshal.AsBytes(browse.Rgb.AsSpan()).ToArray();

    private static void Put(byte[] record, int at, params ReadOnlySpan<int> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(at + (i * sizeof(int))), values[i]);
        }
    }

    private static int Int(byte[] record, int at) => BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(at));
}
