using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Reliability;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Answers of tiles in one file; a later record of a tile replaces an earlier one. Written by one thread; read by any
/// number.
/// </summary>
internal sealed class TileLog(string path) : IDisposable
{
    private readonly RecordFile _file = new(path, TileRecord.Mark);

    /// <summary>Where a record lies and what it is the answer to.</summary>
    internal readonly record struct Place(TileIndex Tile, UInt128 Basis, long Offset, int Length);

    /// <summary>Reads which answers are there. Before anything is written.</summary>
    public ImmutableArray<Place> Scan() =>
    [
        .. from found in _file.Scan()
           where found.Record.Length > TileRecord.HeaderBytes
           let head = TileRecord.Head(found.Record)
           select new Place(head.Tile, head.Basis, found.Offset, found.Record.Length),
    ];

    /// <summary>Appends an answer.</summary>
    public Place Append(TileAnswer answer)
    {
        var record = TileRecord.Write(answer);
        return new(answer.Result.Tile, answer.Basis, _file.Append(record, FailPoints.TileWriteMiddle), record.Length);
    }

    /// <summary>Reads an answer back.</summary>
    /// <exception cref="InvalidDataException">It was damaged after it was written.</exception>
    public TileAnswer Read(Place place) => TileRecord.Read(_file.Read(place.Offset, place.Length));

    public void Dispose() => _file.Dispose();
}
