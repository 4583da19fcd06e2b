using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// Lays an earlier pass (or a reference) under the rows of a newer one: each pixel of the newer grid is given what the
/// older grid says where the pixel's centre lies. Immutable; safe for any number of threads.
/// </summary>
public sealed class PairedRows
{
    private readonly RunBand _older;
    private readonly IPixelMapping _mapping;

    /// <summary>Pairs a newer grid with an older one.</summary>
    /// <param name="older">The rows of the older grid that are needed; what lies off them counts as not seen. Not
    /// filled again while this is used.</param>
    /// <param name="mapping">From pixels of the newer grid to those of the older one.</param>
    public PairedRows(RunBand older, IPixelMapping mapping) => (_older, _mapping) = (older, mapping);

    /// <summary>Tells a reference apart from others; null where nobody has to.</summary>
    public string? Digest { get; init; }

    /// <summary>Walks over a span of the newer grid in runs that are the same in both.</summary>
    internal Walker Walk(RunRow newer, RegionRun span) => new(this, newer, span);

    private GroundState Before(double column, double row)
    {
        var y = (int)Math.Floor(row);
        return y < _older.FirstRow || y >= _older.EndRow || !(column >= 0 && column < _older.Width)
            ? GroundState.Unseen : _older.Row(y).At((int)column);
    }

    /// <summary>Runs of a span by what both passes say; neighbours differ in one of them.</summary>
    internal ref struct Walker
    {
        private readonly PairedRows _pair;
        private readonly RunRow _newer;
        private readonly int _row;
        private readonly int _spanEnd;
        private int _run;
        private MappedLine _line;

        public Walker(PairedRows pair, RunRow newer, RegionRun span)
        {
            _newer = newer;
            (_pair, _row, _spanEnd) = (pair, span.Row, span.End);
            (End, _run) = (span.Start, newer.RunAt(span.Start));
        }

        public int Start { get; private set; }

        public int End { get; private set; }

        public GroundState Now { get; private set; }

        public GroundState Before { get; private set; }

        public bool MoveNext()
        {
            if (End >= _spanEnd || _run >= _newer.Ends.Length)
            {
                return false;
            }

            (Start, Now) = (End, _newer.States[_run]);
            var runEnd = Math.Min(_newer.Ends[_run], _spanEnd);
            Before = StateAt(Start);
            var end = Start + 1;
            while (end < runEnd && StateAt(end) == Before)
            {
                end++;
            }

            End = end;
            _run += end == _newer.Ends[_run] ? 1 : 0;
            return true;
        }

        private GroundState StateAt(int column)
        {
            if (!_line.Holds(column))
            {
                _line = MappedLine.From(_pair._mapping, _row, column);
            }

            var (x, y) = _line.At(column);
            return _pair.Before(x, y);
        }
    }
}
