using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpexStream.Domain.Regions;

/// <summary>
/// What is summed of the pixels of a component or region. All exact integers, so that merging in any order gives the
/// same. Columns and rows are those of the scene. The layout is part of the tile result's format: no padding.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ComponentStats
{
    public long Pixels;
    public long SumColumns;
    public long SumRows;
    public IndexTotals Index;
    public int MinColumn;
    public int MinRow;
    public int MaxColumn;
    public int MaxRow;

    /// <summary>Column of the first pixel of the first row.</summary>
    public int FirstColumn;

    /// <summary>Runs as cut by the tiles' borders.</summary>
    public int Runs;

    /// <summary>Place and number of the confidence bins, in the list that belongs to the holder.</summary>
    public int FirstBin;
    public int Bins;

    public ComponentFlags Flags;
    public int Reserved;

    public static ComponentStats Empty => new()
    {
        MinColumn = int.MaxValue,
        MinRow = int.MaxValue,
        MaxColumn = int.MinValue,
        MaxRow = int.MinValue,
    };

    /// <summary>Adds a run; runs must come in row order.</summary>
    public void AddRun(int row, int start, int end)
    {
        var length = (long)(end - start);
        if (Pixels == 0)
        {
            (MinRow, FirstColumn) = (row, start);
        }

        Pixels += length;
        SumColumns += length * (start + end - 1) / 2;
        SumRows += length * row;
        MinColumn = Math.Min(MinColumn, start);
        MaxColumn = Math.Max(MaxColumn, end - 1);
        MaxRow = row;
        Runs++;
    }

    /// <summary>Adds all sums of another part of the same region; bins are the holder's affair.</summary>
    public void Merge(in ComponentStats other)
    {
        if (other.MinRow < MinRow || (other.MinRow == MinRow && other.FirstColumn < FirstColumn))
        {
            FirstColumn = other.FirstColumn;
        }

        Pixels += other.Pixels;
        SumColumns += other.SumColumns;
        SumRows += other.SumRows;
        MinColumn = Math.Min(MinColumn, other.MinColumn);
        MinRow = Math.Min(MinRow, other.MinRow);
        MaxColumn = Math.Max(MaxColumn, other.MaxColumn);
        MaxRow = Math.Max(MaxRow, other.MaxRow);
        Runs += other.Runs;
        Flags |= other.Flags;
        for (var i = 0; i < IndexTotals.Length; i++)
        {
            Index[i] += other.Index[i];
        }
    }
}

/// <summary>What may be true of a component.</summary>
[Flags]
internal enum ComponentFlags
{
    None = 0,

    /// <summary>Holds a pixel that is sure enough to keep the region.</summary>
    Seeded = 1,

    /// <summary>Lies at the scene's edge or next to (4 neighbours) a pixel without data.</summary>
    TouchesEdge = 2,
}

/// <summary>One total per <see cref="LandCover.IndexKind"/>, of values times 10000.</summary>
[InlineArray(Length)]
internal struct IndexTotals
{
    public const int Length = 4;
    private long _first;
}

/// <summary>How many pixels of a component have one confidence.</summary>
internal readonly record struct ConfidenceBin(int Value, int Count);
