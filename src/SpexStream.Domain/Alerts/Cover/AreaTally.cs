using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>Measures one area while a scene's rows come by. One thread at a time.</summary>
internal sealed class AreaTally(AreaSpans spans, IPixelArea ground, double minimumSquareMetres, PairedRows? reference)
{
    private readonly PartTally _parts = new(minimumSquareMetres);
    private double _clear;
    private double _whole;

    public AreaSpans Spans => spans;

    /// <summary>Takes the rows of a band; bands come in order.</summary>
    public void Add(RunBand band)
    {
        var end = Math.Min(band.EndRow, spans.EndRow);
        for (var row = Math.Max(band.FirstRow, spans.FirstRow); row < end; row++)
        {
            _parts.BeginRow(row);
            var metres = ground.SquareMetres(row);
            foreach (var span in spans.Row(row))
            {
                _whole += (span.End - span.Start) * metres;
                if (reference is null)
                {
                    AddSpan(band.Row(row), span, metres);
                }
                else
                {
                    AddPairs(reference.Walk(band.Row(row), span), metres);
                }
            }
        }
    }

    public AreaMeasurement Complete()
    {
        _parts.Complete();
        return _whole <= 0 ? AreaMeasurement.Nothing : new()
        {
            ClearShare = Math.Min(1, _clear / _whole * spans.ShareOnScene),
            ClearSquareMetres = _clear,
            ClassSquareMetres = _parts.SquareMetres,
            LargestSquareMetres = _parts.Largest,
            Reference = reference?.Digest,
            OnScene = spans.ShareOnScene < 1 ? spans.ShareOnScene : null,
        };
    }

    private void AddSpan(RunRow row, RegionRun span, double metres)
    {
        var (run, start) = (row.RunAt(span.Start), span.Start);
        for (; start < span.End && run < row.Ends.Length; run++)
        {
            var end = Math.Min(row.Ends[run], span.End);
            Add(start, end, row.States[run] != GroundState.Unseen, row.States[run] == GroundState.Yes, metres);
            start = end;
        }
    }

    private void AddPairs(PairedRows.Walker pairs, double metres)
    {
        while (pairs.MoveNext())
        {
            var seen = pairs.Now != GroundState.Unseen && pairs.Before != GroundState.Unseen;
            var extra = pairs is { Now: GroundState.Yes, Before: GroundState.No };
            Add(pairs.Start, pairs.End, seen, extra, metres);
        }
    }

    private void Add(int start, int end, bool seen, bool counts, double metres)
    {
        var area = (end - start) * metres;
        _clear += seen ? area : 0;
        if (counts)
        {
            _parts.Add(start, end, area);
        }
    }
}
