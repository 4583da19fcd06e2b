using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// What finished surveys counted, in one file of the work folder: a survey that was made of the same pixels, with the
/// same findings, is not made again. Belongs to the scene's loop.
/// </summary>
/// <remarks>
/// Content of a <see cref="RecordFile"/>'s record, as a binary writer puts it down: basis (two 64-bit numbers), whether
/// it is the first survey of a batch, tiles (number, then column and row of each), then what it counted
/// (<see cref="SurveyBytes"/>).
/// </remarks>
internal sealed class SurveyLog(string path) : IDisposable
{
    private const int Mark = 0x56535053;
    private readonly RecordFile _file = new(path, Mark);
    private readonly Dictionary<UInt128, (long Offset, int Length)> _known = [];

    /// <summary>Reads which surveys are there; gives the tiles that were first surveyed together, and on which basis,
    /// oldest first. Before anything is written.</summary>
    public List<(UInt128 Basis, ImmutableArray<TileIndex> Tiles)> Recall()
    {
        var batches = new List<(UInt128, ImmutableArray<TileIndex>)>();
        foreach (var (offset, record) in _file.Scan())
        {
            using var reader = ReaderOf(record);
            var (basis, isFirst, tiles) = Head(reader);
            _known[basis] = (offset, record.Length);
            if (isFirst)
            {
                batches.Add((basis, tiles));
            }
        }

        return batches;
    }

    /// <summary>Fills an empty survey; false when there is none on this basis.</summary>
    public bool TryRead(UInt128 basis, ISceneSurvey into)
    {
        if (!_known.TryGetValue(basis, out var place))
        {
            return false;
        }

        using var reader = ReaderOf(_file.Read(place.Offset, place.Length));
        _ = Head(reader);
        SurveyBytes.Read(reader, into);
        return true;
    }

    /// <summary>Keeps a finished survey.</summary>
    /// <param name="basis">What it rests on.</param>
    /// <param name="isFirst">Whether it is the first survey of a batch that came with a strip.</param>
    /// <param name="tiles">The tiles that it counted.</param>
    /// <param name="survey">The survey.</param>
    public void Append(UInt128 basis, bool isFirst, ImmutableArray<TileIndex> tiles, ISceneSurvey survey)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0L);
        writer.Write((ulong)(basis >> 64));
        writer.Write((ulong)basis);
        writer.Write(isFirst);
        writer.Write7BitEncodedInt(tiles.Length);
        foreach (var tile in tiles)
        {
            writer.Write7BitEncodedInt(tile.Column);
            writer.Write7BitEncodedInt(tile.Row);
        }

        SurveyBytes.Write(writer, survey);
        writer.Write(0);
        var record = stream.ToArray();
        _known[basis] = (_file.Append(record), record.Length);
    }

    public void Dispose() => _file.Dispose();

    private static BinaryReader ReaderOf(byte[] record)
    {
        var stream = new MemoryStream(record, writable: false);
        stream.Position = RecordFile.HeadBytes;
        return new BinaryReader(stream);
    }

    private static (UInt128 Basis, bool IsFirst, ImmutableArray<TileIndex> Tiles) Head(BinaryReader reader)
    {
        var (basis, isFirst) = (new UInt128(reader.ReadUInt64(), reader.ReadUInt64()), reader.ReadBoolean());
        var tiles = new TileIndex[reader.Read7BitEncodedInt()];
        for (var i = 0; i < tiles.Length; i++)
        {
            tiles[i] = new(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        }

        return (basis, isFirst, [.. tiles]);
    }
}
