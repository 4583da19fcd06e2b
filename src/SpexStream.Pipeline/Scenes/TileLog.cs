using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Reliability;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Answers of tiles in one file, one record after the other; a later record of a tile replaces an earlier one. Each record
/// carries a CRC-32C: what a crash cut off or a disk damaged is not believed, and writing goes on in its place. Written by
/// one thread; read by any number.
/// </summary>
/// <remarks>
/// Record, little-endian: magic, bytes of the body, column and row of the tile, basis (16 bytes), browse window (4 ints),
/// number of parts, their lengths, the parts (result, browse samples, planes), CRC of all before.
/// </remarks>
internal sealed class TileLog : IDisposable
{
    private const int Magic = 0x4C585053;
    private const int MostParts = 16;
    private const int HeaderBytes = (9 * sizeof(int)) + 16;
    private const int MostBodyBytes = 1 << 30;
    private readonly SafeFileHandle _file;
    private long _end;

    /// <summary>Opens a file, new or with answers of an earlier process.</summary>
    public TileLog(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    }

    /// <summary>Where a record lies and what it is the answer to.</summary>
    internal readonly record struct Place(TileIndex Tile, UInt128 Basis, long Offset, int Length);

    /// <summary>Reads which answers are there, and forgets what is damaged at the end. Before anything is written.</summary>
    public ImmutableArray<Place> Scan()
    {
        var places = ImmutableArray.CreateBuilder<Place>();
        _end = 0;
        var length = RandomAccess.GetLength(_file);
        Span<byte> header = stackalloc byte[HeaderBytes];
        while (_end + HeaderBytes < length && RandomAccess.Read(_file, header, _end) == HeaderBytes
            && BinaryPrimitives.ReadInt32LittleEndian(header) == Magic)
        {
            var bytes = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
            if (bytes is <= HeaderBytes or > MostBodyBytes || _end + bytes > length || !IsWhole(_end, bytes))
            {
                break;
            }

            places.Add(new(
                new(BinaryPrimitives.ReadInt32LittleEndian(header[8..]), BinaryPrimitives.ReadInt32LittleEndian(header[12..])),
                BinaryPrimitives.ReadUInt128LittleEndian(header[16..]), _end, bytes));
            _end += bytes;
        }

        RandomAccess.SetLength(_file, _end);
        return places.ToImmutable();
    }

    /// <summary>Appends an answer.</summary>
    public Place Append(TileAnswer answer)
    {
        var parts = new List<byte[]> { TileResultFormat.Write(answer.Result), Samples(answer.Browse) };
        parts.AddRange(answer.Planes);
        var bytes = HeaderBytes + (parts.Count * sizeof(int)) + parts.Sum(part => part.Length) + sizeof(uint);
        var record = new byte[bytes];
        var (tile, browse) = (answer.Result.Tile, answer.Browse);
        BinaryPrimitives.WriteUInt128LittleEndian(record.AsSpan(16), answer.Basis);
        Put(record, 0, Magic, bytes, tile.Column, tile.Row);
        Put(record, 32, browse?.Column ?? 0, browse?.Row ?? 0, browse?.Width ?? 0, browse?.Height ?? 0, parts.Count);
        Put(record, HeaderBytes, [.. parts.Select(part => part.Length)]);
        var at = HeaderBytes + (parts.Count * sizeof(int));
        foreach (var part in parts)
        {
            part.CopyTo(record, at);
            at += part.Length;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(at), Crc32C.Of(record.AsSpan(0, at)));
        if (FailPoints.IsDue(FailPoints.TileWriteMiddle))
        {
            RandomAccess.Write(_file, record.AsSpan(0, bytes / 2), _end);
            FailPoints.Die();
        }

        RandomAccess.Write(_file, record, _end);
        var place = new Place(tile, answer.Basis, _end, bytes);
        _end += bytes;
        return place;
    }

    /// <summary>Reads an answer back.</summary>
    /// <exception cref="InvalidDataException">It was damaged after it was written.</exception>
    public TileAnswer Read(Place place)
    {
        var record = ReadBytes(place.Offset, place.Length);
        if (!IsSealed(record))
        {
            throw new InvalidDataException($"The answer of tile {place.Tile} in the work folder is damaged.");
        }

        var count = Int(record, 48);
        if (count is < 2 or > MostParts)
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
            Int(record, 32), Int(record, 36), Int(record, 40), Int(record, 44), MemoryMarshal.Cast<byte, float>(parts[1]).ToArray());
        return new(TileResultFormat.Read(parts[0]), [.. parts.Skip(2)], browse, place.Basis);
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

    private static bool IsSealed(byte[] record) => Crc32C.Of(record.AsSpan(0, record.Length - sizeof(uint)))
        == BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)));

    private bool IsWhole(long offset, int bytes) => IsSealed(ReadBytes(offset, bytes));

    private byte[] ReadBytes(long offset, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var got = RandomAccess.Read(_file, bytes.AsSpan(read), offset + read);
            read += got > 0 ? got : throw new EndOfStreamException("The file of tile answers is cut off.");
        }

        return bytes;
    }
}
