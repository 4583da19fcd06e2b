namespace SpexStream.Domain.Regions;

/// <summary>The parts of a region that hang together by pixel sides (4 neighbours), as a number per run.
/// Scratch.</summary>
internal sealed class RunParts
{
    private int[] _parts = new int[256];

    /// <summary>Numbers the parts by their first run. Runs are sorted by row and column.</summary>
    public ReadOnlySpan<int> Find(ReadOnlySpan<RegionRun> runs)
    {
        if (_parts.Length < runs.Length)
        {
            _parts = new int[Math.Max(runs.Length, 2 * _parts.Length)];
        }

        var above = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            _parts[i] = i;
            var run = runs[i];
            while (above < i && (runs[above].Row < run.Row - 1
                || (runs[above].Row == run.Row - 1 && runs[above].End <= run.Start)))
            {
                above++;
            }

            // The last one that overlaps may overlap the next run as well, so the start stays.
            for (var j = above; runs[j].Row == run.Row - 1 && runs[j].Start < run.End; j++)
            {
                var (a, b) = (Root(i), Root(j));
                _parts[Math.Max(a, b)] = Math.Min(a, b);
            }
        }

        var count = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            _parts[i] = _parts[i] == i ? count++ : _parts[_parts[i]];
        }

        Count = count;
        return _parts.AsSpan(0, runs.Length);
    }

    public int Count { get; private set; }

    private int Root(int i)
    {
        while (_parts[i] != i)
        {
            _parts[i] = _parts[_parts[i]];
            i = _parts[i];
        }

        return i;
    }
}
