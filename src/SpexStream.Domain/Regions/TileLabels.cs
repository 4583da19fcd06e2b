using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The components (8 neighbours) of one class inside of one tile, numbered by their first pixel in row order. Immutable
/// once built.
/// </summary>
public sealed class TileLabels
{
    internal TileLabels(
        LandCoverClass value, int[] rowFirst, int[] components, ComponentStats[] stats, ConfidenceBin[] bins)
    {
        (Class, RowFirstArray, ComponentArray, StatsArray, BinArray) = (value, rowFirst, components, stats, bins);
    }

    /// <summary>The class.</summary>
    public LandCoverClass Class { get; }

    /// <summary>Number of components.</summary>
    public int Count => StatsArray.Length;

    /// <summary>Component of each run of the class, runs counted over all rows from the first.</summary>
    public ReadOnlySpan<int> Components => ComponentArray;

    /// <summary>Index of the first run of the class in each row; one entry more than there are rows.</summary>
    public ReadOnlySpan<int> RowFirst => RowFirstArray;

    internal ReadOnlySpan<ComponentStats> Stats => StatsArray;

    internal ReadOnlySpan<ConfidenceBin> Bins => BinArray;

    internal int[] RowFirstArray { get; }

    internal int[] ComponentArray { get; }

    internal ComponentStats[] StatsArray { get; }

    internal ConfidenceBin[] BinArray { get; }

    /// <summary>Pixels of a component.</summary>
    public long Pixels(int component) => StatsArray[component].Pixels;
}
