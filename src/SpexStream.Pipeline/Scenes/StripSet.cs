using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Pipeline.Pixels;

namespace SpexStream.Pipeline.Scenes;

/// <summary>The strips of a scene, by row. Immutable.</summary>
internal sealed record StripSet(ImmutableArray<StripRaster> ByRow)
{
    public static StripSet Empty { get; } = new([]);

    /// <summary>With a strip, in place of what its index held before.</summary>
    public StripSet With(StripRaster strip) =>
        new([.. Without(strip.Index).ByRow.Add(strip).OrderBy(s => (s.RowOffset, s.Index))]);

    /// <summary>Without the strip of an index.</summary>
    public StripSet Without(int index) => new([.. ByRow.Where(strip => strip.Index != index)]);

    /// <summary>The whole-width windows of rows that are covered without a gap and meet a window, from the
    /// top.</summary>
    public IEnumerable<PixelWindow> CoveredParts(PixelWindow window)
    {
        PixelWindow? open = null;
        foreach (var strip in ByRow)
        {
            if (open is { } run && strip.RowOffset <= run.Bottom)
            {
                open = run with { Height = Math.Max(run.Bottom, strip.Window.Bottom) - run.Row };
                continue;
            }

            if (open is { } finished && !finished.Intersect(window).IsEmpty)
            {
                yield return finished;
            }

            open = strip.Window;
        }

        if (open is { } last && !last.Intersect(window).IsEmpty)
        {
            yield return last;
        }
    }
}
