using System.Runtime.InteropServices;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>Sorts runs into connected groups (8 neighbours). Scratch of one thread.</summary>
internal sealed class RunGroups
{
    private int[] _parents = [];
    private long[] _pixels = [];

    /// <summary>The groups with most pixels, most first, ties by first pixel.</summary>
    /// <param name="list">Runs by row and column, with a gap between any two of a row.</param>
    /// <param name="most">How many groups.</param>
    /// <param name="count">How many groups there are.</param>
    public List<RegionRun[]> Largest(List<RegionRun> list, int most, out int count)
    {
        var runs = CollectionsMarshal.AsSpan(list);
        Join(runs);
        var roots = new List<int>();
        Array.Clear(_pixels, 0, runs.Length);
        for (var i = 0; i < runs.Length; i++)
        {
            _parents[i] = Root(i);
            if (_parents[i] == i)
            {
                roots.Add(i);
            }

            _pixels[_parents[i]] += runs[i].End - runs[i].Start;
        }

        count = roots.Count;
        var largest = roots.OrderByDescending(root => _pixels[root]).ThenBy(root => root).Take(most).ToArray();
        var groups = largest.ToDictionary(root => root, _ => new List<RegionRun>());
        for (var i = 0; i < runs.Length; i++)
        {
            if (groups.TryGetValue(_parents[i], out var group))
            {
                group.Add(runs[i]);
            }
        }

        return [.. largest.Select(root => groups[root].ToArray())];
    }

    private void Join(ReadOnlySpan<RegionRun> runs)
    {
        if (_parents.Length < runs.Length)
        {
            _parents = new int[Math.Max(runs.Length, 2 * _parents.Length)];
            _pixels = new long[_parents.Length];
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
