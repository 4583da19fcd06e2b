using System.Runtime.CompilerServices;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Regions;

/// <summary>
/// The runs of one class in one tile with their components: gathered from the code runs and joined row by row with
/// union-find over runs (He, Chao, Suzuki 2008, "A run-based two-scan labeling algorithm"). Scratch of one thread.
/// </summary>
internal sealed class ClassRunBuffer
{
    private int[] _parents = new int[1024];

    public ushort[] Starts { get; private set; } = new ushort[4096];

    public ushort[] Ends { get; private set; } = new ushort[4096];

    /// <summary>Component of each run, numbered by first pixel in row order.</summary>
    public int[] Labels { get; private set; } = new int[4096];

    /// <summary>First run of each row, and one entry more.</summary>
    public int[] RowFirst { get; private set; } = new int[513];

    public int Runs { get; private set; }

    public int Components { get; private set; }

    public void Build(TileRuns runs, LandCoverClass value)
    {
        if (RowFirst.Length <= runs.Height)
        {
            RowFirst = new int[runs.Height + 1];
        }

        Gather(runs, CoverCode.RegionBit(value));
        var labels = 0;
        for (var row = 0; row < runs.Height; row++)
        {
            labels = JoinRow(row == 0 ? 0 : RowFirst[row - 1], RowFirst[row], RowFirst[row + 1], labels);
        }

        Flatten(labels);
    }

    private void Gather(TileRuns runs, int bit)
    {
        var ends = runs.Ends;
        var codes = runs.Codes;
        var first = runs.RowFirst;
        var n = 0;
        for (var row = 0; row < runs.Height; row++)
        {
            RowFirst[row] = n;
            Reserve(n + first[row + 1] - first[row]);
            var (rowStart, starts, stops, start) = (n, Starts, Ends, 0);
            for (var run = first[row]; run < first[row + 1]; run++)
            {
                int end = ends[run];
                if (ClassRunReader.Holds(codes[run], bit))
                {
                    if (n > rowStart && stops[n - 1] == start)
                    {
                        stops[n - 1] = (ushort)end;
                    }
                    else
                    {
                        starts[n] = (ushort)start;
                        stops[n++] = (ushort)end;
                    }
                }

                start = end;
            }
        }

        RowFirst[runs.Height] = n;
        Runs = n;
        if (_parents.Length < n)
        {
            _parents = new int[Starts.Length];
        }
    }

    private int JoinRow(int above, int first, int end, int labels)
    {
        var (starts, ends, runLabels, parents) = (Starts, Ends, Labels, _parents);
        var above1 = first;
        for (var run = first; run < end; run++)
        {
            int start = starts[run], stop = ends[run];
            // Ends are exclusive, so "equal" is a diagonal neighbour.
            while (above < above1 && ends[above] < start)
            {
                above++;
            }

            if (above == above1 || starts[above] > stop)
            {
                parents[labels] = labels;
                runLabels[run] = labels++;
                continue;
            }

            var label = Root(parents, runLabels[above]);
            while (above + 1 < above1 && starts[above + 1] <= stop)
            {
                above++;
                var other = Root(parents, runLabels[above]);
                (label, other) = other < label ? (other, label) : (label, other);
                parents[other] = label;
            }

            runLabels[run] = label;
        }

        return labels;
    }

    // A parent is never greater than its child, so one pass upwards both flattens and numbers without gaps.
    private void Flatten(int labels)
    {
        var parents = _parents;
        var components = 0;
        for (var label = 0; label < labels; label++)
        {
            parents[label] = parents[label] == label ? components++ : parents[parents[label]];
        }

        Components = components;
        foreach (ref var label in Labels.AsSpan(0, Runs))
        {
            label = parents[label];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Root(int[] parents, int label)
    {
        while (parents[label] != label)
        {
            parents[label] = parents[parents[label]];
            label = parents[label];
        }

        return label;
    }

    private void Reserve(int size)
    {
        if (size > Starts.Length)
        {
            size = Math.Max(size, Starts.Length * 2);
            (Starts, Ends, Labels) = (Grown(Starts, size), Grown(Ends, size), new int[size]);
        }
    }

    private static T[] Grown<T>(T[] old, int size)
    {
        Array.Resize(ref old, size);
        return old;
    }
}
