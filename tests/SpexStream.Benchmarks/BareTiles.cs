using System.Runtime.InteropServices;

namespace SpexStream.Benchmarks;

/// <summary>Tiles of a raw scene as a network takes them, made without anything of ours.</summary>
/// <param name="path">Band-sequential samples of 16 bits.</param>
/// <param name="side">Rows and columns of the scene.</param>
/// <param name="tile">Edge of a tile.</param>
internal sealed class BareTiles(string path, int side, int tile)
{
    private const float Scale = 0.0001f;

    /// <summary>Edge of a tile with what lies around it.</summary>
    public int Edge => tile + (2 * BenchNetwork.Overlap);

    /// <summary>Tiles of the scene.</summary>
    public int Count => (side / tile) * (side / tile);

    /// <summary>Numbers that a tile takes.</summary>
    public int Values => BenchNetwork.Bands * Edge * Edge;

    /// <summary>Column and row of the first pixel of a tile.</summary>
    public (int Column, int Row) Place(int index) =>
        (index % (side / tile) * tile, index / (side / tile) * tile);

    /// <summary>Writes a tile; mirrored beyond the scene.</summary>
    public void Write(int index, Span<float> target)
    {
        using var file = File.OpenHandle(path);
        var line = new ushort[side];
        var (left, top) = Place(index);
        for (var band = 0; band < BenchNetwork.Bands; band++)
        {
            for (var y = 0; y < Edge; y++)
            {
                var row = Mirror(top + y - BenchNetwork.Overlap);
                RandomAccess.Read(
                    file, MemoryMarshal.AsBytes(line.AsSpan()), (((long)band * side) + row) * side * sizeof(ushort));
                for (var x = 0; x < Edge; x++)
                {
                    target[(((band * Edge) + y) * Edge) + x] = line[Mirror(left + x - BenchNetwork.Overlap)] * Scale;
                }
            }
        }
    }

    private int Mirror(int at) => at < 0 ? -at : at >= side ? (2 * side) - 2 - at : at;
}
