using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// Measures classes in areas of interest on one scene. The scene goes by once per class, in bands of rows; areas of a
/// band are measured on several threads. Blocks; one call at a time, all with the same areas.
/// </summary>
/// <param name="map">Where the scene's pixels lie.</param>
/// <param name="ground">How much ground they cover.</param>
/// <param name="threads">Threads to use, at least 1.</param>
public sealed class SceneMeasurer(GroundMap map, IPixelArea ground, int threads)
{
    private const int BandRows = 256;
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };
    private readonly Dictionary<int, AreaSpans> _spans = [];

    /// <summary>Measures. Areas of an earlier call are not laid on the scene anew.</summary>
    /// <param name="index">The areas.</param>
    /// <param name="orders">What to measure; each at most once.</param>
    /// <param name="rows">The rows of a class, made anew.</param>
    /// <param name="references">What the reference masks say under this scene; null for one that cannot be had, which
    /// leaves its orders unmeasured.</param>
    /// <returns>What was measured, by order; orders whose area does not lie on the scene are left out.</returns>
    public ImmutableDictionary<MeasureOrder, AreaMeasurement> Measure(
        AreaIndex index,
        IReadOnlyCollection<MeasureOrder> orders,
        Func<LandCoverClass, IClassRows> rows,
        Func<string, LandCoverClass, PairedRows?> references)
    {
        var measured = ImmutableDictionary.CreateBuilder<MeasureOrder, AreaMeasurement>();
        var spans = Spans(index, orders);
        foreach (var group in orders.GroupBy(order => order.Class))
        {
            var tallies = new List<(MeasureOrder Order, AreaTally Tally)>();
            foreach (var part in group.GroupBy(order => order.Reference))
            {
                var pair = part.Key is { } name ? references(name, group.Key) : null;
                if (part.Key is null || pair is not null)
                {
                    tallies.AddRange(part.Where(order => spans[order.Area] is { Pixels: > 0 }).Select(order =>
                        (order, new AreaTally(spans[order.Area]!, ground, order.MinimumSquareMetres, pair))));
                }
            }

            Run(rows(group.Key), tallies);
            foreach (var (order, tally) in tallies)
            {
                measured[order] = tally.Complete();
            }
        }

        return measured.ToImmutable();
    }

    private AreaSpans?[] Spans(AreaIndex index, IReadOnlyCollection<MeasureOrder> orders)
    {
        var wanted = orders.Select(order => order.Area).ToHashSet();
        var near = index.On(map).Where(area => wanted.Contains(area) && !_spans.ContainsKey(area)).ToArray();
        var spans = new AreaSpans?[index.Areas.Length];
        Parallel.For(
            0,
            near.Length,
            _parallel,
            () => new SpanFiller(map),
            (i, _, filler) =>
            {
                spans[near[i]] = filler.Fill(index.Areas[near[i]]);
                return filler;
            },
            _ => { });
        foreach (var area in near)
        {
            _spans[area] = spans[area]!;
        }

        foreach (var (area, known) in _spans)
        {
            spans[area] = known;
        }

        return spans;
    }

    private void Run(IClassRows rows, List<(MeasureOrder Order, AreaTally Tally)> tallies)
    {
        var waiting = new Queue<AreaTally>(tallies.Select(entry => entry.Tally).OrderBy(tally => tally.Spans.FirstRow));
        var active = new List<AreaTally>();
        var band = new RunBand();
        for (var first = 0; first < map.Height && (active.Count > 0 || waiting.Count > 0); first += BandRows)
        {
            var count = Math.Min(BandRows, map.Height - first);
            while (waiting.TryPeek(out var next) && next.Spans.FirstRow < first + count)
            {
                active.Add(waiting.Dequeue());
            }

            if (active.Count == 0)
            {
                continue;
            }

            band.Load(rows, first, count);
            Parallel.ForEach(active, _parallel, tally => tally.Add(band));
            active.RemoveAll(tally => tally.Spans.EndRow <= first + count);
        }
    }
}
