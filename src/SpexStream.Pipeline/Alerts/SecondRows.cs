using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// A class as a second backend tells it, from the planes that tiles keep: partial water is neither the class nor its
/// absence. Holds the runs of one tile row at a time. One thread at a time.
/// </summary>
/// <param name="grid">The scene's tiles.</param>
/// <param name="planeOf">The packed plane of a tile.</param>
/// <param name="value">The class.</param>
internal sealed class SecondRows(TileGrid grid, Func<TileIndex, byte[]> planeOf, LandCoverClass value) : IClassRows
{
    private readonly GroundState[] _states = StatesOf(value);
    private readonly TileStates[] _row = new TileStates[grid.Columns];
    private readonly byte[] _plane = new byte[grid.TileSize * grid.TileSize];
    private int _tileRow = -1;

    public int Width => grid.Width;

    public int Height => grid.Height;

    public void Read(int row, RunBand band)
    {
        if (row / grid.TileSize != _tileRow)
        {
            _tileRow = row / grid.TileSize;
            for (var column = 0; column < _row.Length; column++)
            {
                _row[column] = Unpack(new(column, _tileRow));
            }
        }

        foreach (var tile in _row)
        {
            var y = row - tile.Core.Row;
            for (var run = tile.RowFirst[y]; run < tile.RowFirst[y + 1]; run++)
            {
                band.Add(tile.Core.Column + tile.Ends[run], tile.States[run]);
            }
        }
    }

    private static GroundState[] StatesOf(LandCoverClass value)
    {
        var (states, bit) = (new GroundState[256], CoverCode.RegionBit(value));
        for (var code = 0; code < states.Length; code++)
        {
            states[code] = code >= CoverCode.FirstReason ? GroundState.Unseen
                : (code & bit) != 0 ? GroundState.Yes
                : value == LandCoverClass.Water && (code & CoverCode.PartialWater) != 0 ? GroundState.Unseen
                : GroundState.No;
        }

        return states;
    }

    private TileStates Unpack(TileIndex tile)
    {
        var core = grid.Core(tile);
        PlaneCodec.Unpack(planeOf(tile), _plane.AsSpan(0, core.Width * core.Height));
        var (rowFirst, ends, states) = (new int[core.Height + 1], new List<ushort>(), new List<GroundState>());
        for (var y = 0; y < core.Height; y++)
        {
            var codes = _plane.AsSpan(y * core.Width, core.Width);
            for (var x = 0; x < codes.Length;)
            {
                var rest = codes[x..].IndexOfAnyExcept(codes[x]);
                var end = rest < 0 ? codes.Length : x + rest;
                ends.Add((ushort)end);
                states.Add(_states[codes[x]]);
                x = end;
            }

            rowFirst[y + 1] = ends.Count;
        }

        return new(core, rowFirst, [.. ends], [.. states]);
    }

    private readonly record struct TileStates(PixelWindow Core, int[] RowFirst, ushort[] Ends, GroundState[] States);
}
