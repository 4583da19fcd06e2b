using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;

namespace SpexStream.Domain.Alerts.Change;

/// <summary>Compares a pass with an earlier one over the same ground, area by area. One thread at a time.</summary>
/// <param name="ground">How much ground the newer scene's pixels cover.</param>
/// <param name="toPatches">Brings outlines, in corners of the newer scene's pixels, to the Earth, in their order;
/// called by the comparing thread.</param>
public sealed class AreaComparer(
    IPixelArea ground, Func<ImmutableArray<RegionOutline>, ImmutableArray<ChangePatch>> toPatches)
{
    /// <summary>Most outlines of gains, and of losses.</summary>
    public const int MaxOutlines = 10;

    /// <summary>Beyond so many runs of gain or loss in an area nothing is outlined: it is noise, or no outline would
    /// help.</summary>
    public const int MaxRuns = 200_000;

    private const int States = 3;
    private readonly double[] _metres = new double[States * States];
    private readonly RunGroups _groups = new();
    private readonly OutlineTracer _tracer = new();
    private List<RegionRun>? _gained;
    private List<RegionRun>? _lost;

    /// <summary>Compares the passes in one area.</summary>
    /// <param name="newer">The newer scene's class, at least in the rows of the area; not filled meanwhile.</param>
    /// <param name="older">The older one's, laid under it.</param>
    /// <param name="area">The area on the newer scene, at least one pixel of it.</param>
    public ChangeFigures Compare(RunBand newer, PairedRows older, AreaSpans area)
    {
        Array.Clear(_metres);
        (_gained, _lost) = ([], []);
        for (var row = area.FirstRow; row < area.EndRow; row++)
        {
            var metres = ground.SquareMetres(row);
            foreach (var span in area.Row(row))
            {
                AddSpan(older.Walk(newer.Row(row), span), row, metres);
            }
        }

        return Figures(area.ShareOnScene);
    }

    private void AddSpan(PairedRows.Walker pairs, int row, double metres)
    {
        while (pairs.MoveNext())
        {
            _metres[(States * (int)pairs.Now) + (int)pairs.Before] += (pairs.End - pairs.Start) * metres;
            switch (pairs.Now, pairs.Before)
            {
                case (GroundState.Yes, GroundState.No):
                    Keep(ref _gained, new(row, pairs.Start, pairs.End));
                    break;
                case (GroundState.No, GroundState.Yes):
                    Keep(ref _lost, new(row, pairs.Start, pairs.End));
                    break;
            }
        }
    }

    private static void Keep(ref List<RegionRun>? runs, RegionRun run)
    {
        runs?.Add(run);
        runs = runs?.Count > MaxRuns ? null : runs;
    }

    private ChangeFigures Figures(double shareOnScene)
    {
        var (gained, allGained) = Patches(_gained);
        var (lost, allLost) = Patches(_lost);
        var compared = Metres(GroundState.Yes, GroundState.No) + Metres(GroundState.No, GroundState.Yes)
            + Metres(GroundState.Yes, GroundState.Yes) + Metres(GroundState.No, GroundState.No);
        return new()
        {
            Gained = Metres(GroundState.Yes, GroundState.No),
            Lost = Metres(GroundState.No, GroundState.Yes),
            Stayed = Metres(GroundState.Yes, GroundState.Yes),
            PerhapsGained = Metres(GroundState.Yes, GroundState.Unseen),
            PerhapsLost = Metres(GroundState.Unseen, GroundState.Yes),
            Compared = compared,
            // Of the whole area, also where it lies off the newer scene.
            Unseen = Math.Max(0, (_metres.Sum() / shareOnScene) - compared),
            GainedPatches = gained,
            LostPatches = lost,
            OutlinesAreIncomplete = !(allGained && allLost),
        };
    }

    private double Metres(GroundState now, GroundState before) => _metres[(States * (int)now) + (int)before];

    private (ImmutableArray<ChangePatch> Largest, bool AreAll) Patches(List<RegionRun>? runs)
    {
        if (runs is null)
        {
            return ([], false);
        }

        var groups = _groups.Largest(runs, MaxOutlines, out var count);
        return (toPatches([.. groups.Select(group => _tracer.Trace(group))]), count == groups.Count);
    }
}
