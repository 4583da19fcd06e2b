namespace SpexStream.Domain.Regions;

/// <summary>
/// Walks once around a region and sums the shoelace terms of its contour (Green's theorem). One thread at a time.
/// </summary>
public sealed class ContourTracer
{
    private readonly EdgeLinks _links = new();

    /// <summary>Measures the outer contour of one region.</summary>
    /// <param name="runs">Its runs (8-connected), sorted by row and column, with a gap between any two of a
    /// row.</param>
    public RegionContour Trace(ReadOnlySpan<RegionRun> runs)
    {
        var origin = runs[0];
        if (runs.Length == 1)
        {
            return new(0, 0, 0, origin.Start, origin.Row);
        }

        _links.Build(runs, []);
        var minimum = origin.Start;
        foreach (var run in runs)
        {
            minimum = Math.Min(minimum, run.Start);
        }

        return Walk(runs, minimum, origin.Row);
    }

    private RegionContour Walk(ReadOnlySpan<RegionRun> runs, int originX, int originY)
    {
        var x = _links.X;
        var next = _links.Next;
        var sums = new Sums { X = runs[0].Start - originX, Y = 0 };
        var edge = 0;
        do
        {
            var following = next[edge];
            var run = runs[following >> 1];
            var (from, to) = (x[edge], x[following]);
            if (from != to)
            {
                // Going right we run along the bottom of the row above the line, going left along the top of the one
                // below.
                var line = (edge & 1) == 0 ? runs[edge >> 1].Row + 1 : runs[edge >> 1].Row;
                var (first, last, row) = to > from ? (from, to - 1, line - 1) : (from - 1, to, line);
                sums.Go(first - originX, row - originY);
                sums.Go(last - originX, row - originY);
            }

            sums.Go(((following & 1) == 0 ? run.Start : run.End - 1) - originX, run.Row - originY);
            edge = following;
        }
        while (edge != 0);

        return new(-sums.Cross, -sums.MomentX, -sums.MomentY, originX, originY);
    }

    private struct Sums
    {
        public int X;
        public int Y;
        public long Cross;
        public long MomentX;
        public long MomentY;

        public void Go(int x, int y)
        {
            var cross = ((long)X * y) - ((long)x * Y);
            Cross += cross;
            MomentX += cross * (X + x);
            MomentY += cross * (Y + y);
            (X, Y) = (x, y);
        }
    }
}
