using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>Marks the components of a tile that have a pixel without data as one of their 4 neighbours.</summary>
internal static class NodataContact
{
    public static void Mark(TileRuns runs, ClassRunBuffer classRuns, ComponentStats[] stats)
    {
        if (stats.Length == 0 || !runs.Codes.Contains(CoverCode.Nodata))
        {
            return;
        }

        for (var row = 0; row < runs.Height; row++)
        {
            var start = 0;
            for (var run = runs.RowFirst[row]; run < runs.RowFirst[row + 1]; run++)
            {
                int end = runs.Ends[run];
                if (runs.Codes[run] == CoverCode.Nodata)
                {
                    // A run of the same row meets side by side, one of the next row must lie over or under.
                    MarkRow(classRuns, row, start - 1, end + 1, stats);
                    MarkRow(classRuns, row - 1, start, end, stats);
                    MarkRow(classRuns, row + 1 < runs.Height ? row + 1 : -1, start, end, stats);
                }

                start = end;
            }
        }
    }

    private static void MarkRow(ClassRunBuffer runs, int row, int start, int end, ComponentStats[] stats)
    {
        if (row < 0)
        {
            return;
        }

        for (var run = FirstEndingBehind(runs, row, start); run < runs.RowFirst[row + 1]; run++)
        {
            if (runs.Starts[run] >= end)
            {
                return;
            }

            stats[runs.Labels[run]].Flags |= ComponentFlags.TouchesEdge;
        }
    }

    private static int FirstEndingBehind(ClassRunBuffer runs, int row, int column)
    {
        var (low, high) = (runs.RowFirst[row], runs.RowFirst[row + 1]);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = runs.Ends[middle] > column ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
