using System.Runtime.InteropServices;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>Sorts runs into connected groups (8 neighbours). Scratch of one thread.</summary>
internal sealed class RunGroups
{
    private int[] _parents = [];

    /// <summary>The groups with most pixels, most first, ties by first pixel.</summary>
    /// <param name="list">Runs by row and column, with a gap between any two of a row.</param>
    /// <param name="most">How many groups.</param>
    /// <param name="count">How many groups there are.</param>
    public List<RegionRun[]> Largest(List<RegionRun> list, int most, out int count)
    {
        var runs = CollectionsMarshal.AsSpan(list);
        Join(runs);
        var pixels = new Dictionary<int, long>();
        for (var i = 0; i < runs.Length; i++)
        {
            _parents[i] = Root(i);
            CollectionsMarshal.GetValueRefOrAddDefault(pixels, _parents[i], out _) += runs[i].End - runs[i].Start;
        }

        count = pixels.Count;
        var groups = new List<RegionRun[]>();
        foreach (var root in pixels.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Take(most))
        {
            groups.Add([.. list.Where((_, i) => _parents[i] == root.Key)]);
        }

        return groups;
    }

    private void Join(ReadOnlySpan<RegionRun> runs)
    {
        if (_parents.Length < runs.Length)
        {
            _parents = new int[Math.Max(runs.Length, 2 * _parents.Length)];
        }

        var above = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            _parents[i] = i;
            var run = runs[i];
            while (above < i && (runs[above].Row < run.Row - 1
                || (runs[above].Row == run.Row - 1 && runs[above].End < run.Start)))
            {
                above++;
            }

            for (var j = above; runs[j].Row == run.Row - 1 && runs[j].Start <= run.End; j++)
            {
                var (a, b) = (Root(i), Root(j));
                _parents[Math.Max(a, b)] = Math.Min(a, b);
            }
        }
    }

    private int Root(int i)
    {
        while (_parents[i] != i)
        {
            _parents[i] = _parents[_parents[i]];
            i = _parents[i];
        }

        return i;
    }
}
