using System.Collections.Immutable;

namespace SpexStream.Domain.Scenes;

/// <summary>Which rows of a scene its strips cover: sorted, separate runs of rows.</summary>
public sealed class RowCoverage
{
    private RowCoverage(ImmutableArray<(int Start, int End)> runs) => Runs = runs;

    /// <summary>Runs of covered rows, ascending, not touching; End is exclusive.</summary>
    public ImmutableArray<(int Start, int End)> Runs { get; }

    /// <summary>The coverage of some strips; they may overlap.</summary>
    public static RowCoverage Of(IEnumerable<StripEntry> strips)
    {
        var runs = ImmutableArray.CreateBuilder<(int Start, int End)>();
        foreach (var strip in strips.OrderBy(strip => strip.RowOffset))
        {
            if (runs.Count > 0 && strip.RowOffset <= runs[^1].End)
            {
                runs[^1] = (runs[^1].Start, Math.Max(runs[^1].End, strip.Bottom));
            }
            else
            {
                runs.Add((strip.RowOffset, strip.Bottom));
            }
        }

        return new(runs.ToImmutable());
    }

    /// <summary>Whether every row from <paramref name="start"/> to <paramref name="end"/> (exclusive) is
    /// covered.</summary>
    public bool Covers(int start, int end) => Runs.Any(run => run.Start <= start && run.End >= end);

    /// <summary>The covered parts of a range of rows.</summary>
    public IEnumerable<(int Start, int End)> Within(int start, int end) =>
        from run in Runs
        let first = Math.Max(run.Start, start)
        let last = Math.Min(run.End, end)
        where first < last
        select (first, last);

    /// <summary>Number of covered rows in a range.</summary>
    public int RowsWithin(int start, int end) => Within(start, end).Sum(run => run.End - run.Start);
}
