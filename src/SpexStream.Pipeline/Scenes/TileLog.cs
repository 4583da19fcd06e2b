using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Reliability;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Answers of tiles in one file; a later record of a tile replaces an earlier one. Written by one thread; read by any
/// number.
/// </summary>
/// <remarks>
/// Content of a <see cref="RecordFile"/>'s record, little-endian: column and row of the tile, basis (16 bytes), browse
/// window (4 ints), number of parts, their lengths, the parts (result, browse samples, planes). Where a model spoke,
/// the number of parts carries <see cref="HasTexts"/>, and the last part holds its texts.
/// </remarks>
internal sealed class TileLog(string path) : IDisposable
{
    private const int Mark = 0x4C585053;
    private const int MostParts = 16;
    private const int HasTexts = 0x100;
    private const int HeaderBytes = RecordFile.HeadBytes + (7 * sizeof(int)) + 16;
    private readonly RecordFile _file = new(path, Mark);

    /// <summary>Where a record lies and what it is the answer to.</summary>
    internal readonly record struct Place(TileIndex Tile, UInt128 Basis, long Offset, int Length);

    /// <summary>Reads which answers are there. Before anything is written.</summary>
    public ImmutableArray<Place> Scan() =>
    [
        .. from found in _file.Scan()
           where found.Record.Length > HeaderBytes
           select new Place(
               new(Int(found.Record, 8), Int(found.Record, 12)),
               BinaryPrimitives.ReadUInt128LittleEndian(found.Record.AsSpan(16)),
               found.Offset, found.Record.Length),
    ];

    /// <summary>Appends an answer.</summary>
    public Place Append(TileAnswer answer)
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

        return new(tile, answer.Basis, _file.Append(record, FailPoints.TileWriteMiddle), record.Length);
    }

    /// <summary>Reads an answer back.</summary>
    /// <exception cref="InvalidDataException">It was damaged after it was written.</exception>
    public TileAnswer Read(Place place)
    {
        var record = _file.Read(place.Offset, place.Length);
        var (count, speaks) = (Int(record, 48) & ~HasTexts, (Int(record, 48) & HasTexts) != 0);
        if (count < (speaks ? 3 : 2) || count > MostParts)
        {
            throw new InvalidDataException($"The answer of tile {place.Tile} has {count} parts.");
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
        return new(TileResultFormat.Read(parts[0]), [.. parts[2..(speaks ? ^1 : ^0)]], browse, place.Basis)
        {
            Texts = speaks ? TileTexts.Read(parts[^1]) : [],
        };
    }

    public void Dispose() => _file.Dispose();

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
