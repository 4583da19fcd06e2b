using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Scenes;

/// <summary>All that decides how a scene goes on. Immutable; changed only by <see cref="SceneLife"/>.</summary>
public sealed record SceneState(SceneLayout Layout)
{
    /// <summary>Where the scene stands.</summary>
    public ScenePhase Phase { get; init; } = ScenePhase.Gathering;

    /// <summary>Revision of the last product that was published; 0 before the first.</summary>
    public int PublishedRevision { get; init; }

    /// <summary>Whether the pass was said to be over, rather than strips given up for time.</summary>
    public bool PassHasEnded { get; init; }

    /// <summary>Strips that were sent, counted along the track, as the end of the pass says; null while it does not. At
    /// most those expected.</summary>
    public int? SentCount { get; init; }

    /// <summary>When the first strip came; null before.</summary>
    public DateTimeOffset? FirstArrival { get; init; }

    /// <summary>Until when strips are waited for; null before the first came.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>Whether strips are waited for until that time though none is missing: the scene was complete before,
    /// and one that is replaced seldom comes alone.</summary>
    public bool WaitsOut { get; init; }

    /// <summary>Why strips are waited for no longer; null while they are.</summary>
    public CloseReason? ClosedFor { get; init; }

    /// <summary>Row, as strips were announced, that rows are counted from; null while absolute rows have no
    /// first.</summary>
    public int? FirstRow { get; init; } = Layout.RowsAreAbsolute ? null : 0;

    /// <summary>The strips in use by index, on the scene's rows.</summary>
    public ImmutableSortedDictionary<int, StripEntry> Strips { get; init; } =
        ImmutableSortedDictionary<int, StripEntry>.Empty;

    /// <summary>Strips that came while products were on their way, for the revision after: as they were
    /// announced.</summary>
    public ImmutableList<StripEntry> Later { get; init; } = [];

    /// <summary>Revision of the newest content taken per index, from 1.</summary>
    public ImmutableDictionary<int, int> StripRevisions { get; init; } = ImmutableDictionary<int, int>.Empty;

    /// <summary>Indices whose newest content brought the process down.</summary>
    public ImmutableHashSet<int> Quarantined { get; init; } = [];

    /// <summary>How much strips matter, of those for which it is known.</summary>
    public ImmutableDictionary<int, StripTier> Tiers { get; init; } = ImmutableDictionary<int, StripTier>.Empty;

    /// <summary>Batches under way, oldest first. Where the backend has passes over the whole scene only the first one
    /// runs; else all do that have no tile of an older one.</summary>
    public ImmutableList<TileBatch> Batches { get; init; } = [];

    /// <summary>Number of batches so far.</summary>
    public int BatchCount { get; init; }

    /// <summary>Batches of earlier revisions.</summary>
    public int FirstBatch { get; init; }

    /// <summary>Whether surveys have counted pixels that were replaced since.</summary>
    public bool SurveysAreStale { get; init; }

    /// <summary>Batches of the process before, oldest first, of which surveys are kept: what they found holds for the
    /// same tiles together, so that those are taken in the same batches again. Empty once tiles were taken.</summary>
    public ImmutableList<ImmutableArray<TileIndex>> Remembered { get; init; } = [];

    /// <summary>Tiles that belong to some batch.</summary>
    public ImmutableHashSet<TileIndex> Taken { get; init; } = [];

    /// <summary>Tiles that were classified at least once with the strips they have now.</summary>
    public ImmutableHashSet<TileIndex> Classified { get; init; } = [];

    /// <summary>Strips whose preliminary observations are out.</summary>
    public ImmutableHashSet<int> Summarised { get; init; } = [];

    /// <summary>Revision of the product that is worked on, or would be next.</summary>
    public int NextRevision => PublishedRevision + 1;

    /// <summary>Rows of the scene as far as they are known.</summary>
    public int KnownHeight => Layout.Height ?? (Strips.IsEmpty ? 0 : Strips.Values.Max(strip => strip.Bottom));

    /// <summary>Strips that are expected: as announced, else as the end of the pass says; null while nobody
    /// knows.</summary>
    public int? ExpectedStrips => Layout.StripCount ?? SentCount;

    /// <summary>Whether every expected strip has come.</summary>
    public bool HasAllStrips => ExpectedStrips is { } count && Strips.Count + Quarantined.Count >= count;

    /// <summary>Whether all came that the pass has brought, be it fewer than were expected.</summary>
    public bool HasAllSent => SentCount is { } sent
        && Enumerable.Range(0, sent).All(index => Strips.ContainsKey(index) || Quarantined.Contains(index));

    /// <summary>Expected strips that are not in use, ascending; empty where their number is unknown, but for those
    /// known to be unusable.</summary>
    public ImmutableArray<int> MissingStrips => ExpectedStrips is { } count
        ? [.. Enumerable.Range(0, count).Where(index => !Strips.ContainsKey(index))]
        : [.. Quarantined.Order()];

    /// <summary>Missing strips without which nothing may be published as final, ascending.</summary>
    public ImmutableArray<int> MissingCritical =>
    [
        .. from index in Tiers.Keys.Order()
           where Tiers[index] == StripTier.Critical && !Strips.ContainsKey(index)
           select index,
    ];

    /// <summary>Strips that came, in percent of those expected (optional ones that did not come were not); by rows
    /// where the number of strips is unknown.</summary>
    public double CompletenessPercent
    {
        get
        {
            if (ExpectedStrips is { } count)
            {
                var expected = count - MissingStrips.Count(
                    index => Tiers.GetValueOrDefault(index, StripTier.Wanted) == StripTier.Optional);
                return expected <= 0 ? 100 : 100.0 * Math.Min(Strips.Count, expected) / expected;
            }

            var covered = RowCoverage.Of(Strips.Values).RowsWithin(0, KnownHeight);
            return KnownHeight == 0 ? 0 : 100.0 * covered / KnownHeight;
        }
    }

    /// <summary>The state with what was said of strips apart from the strips themselves; what a strip has said of
    /// itself counts more.</summary>
    public SceneState WithTiers(IReadOnlyDictionary<int, StripTier>? tiers) => tiers is null ? this : this with
    {
        Tiers = tiers.ToImmutableDictionary().SetItems(Tiers),
    };

    /// <summary>The tile grid over the rows known so far.</summary>
    public TileGrid Grid => new(Layout.Width, KnownHeight, Layout.TileSize, Layout.Halo);
}
