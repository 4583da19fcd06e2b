using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Scenes;

/// <summary>All that decides how a scene goes on. Immutable; changed only by <see cref="SceneLife"/>.</summary>
public sealed record SceneState(SceneLayout Layout)
{
    /// <summary>Where the scene stands.</summary>
    public ScenePhase Phase { get; init; } = ScenePhase.Gathering;

    /// <summary>Whether the pass was said to be over, rather than strips given up for time.</summary>
    public bool PassHasEnded { get; init; }

    /// <summary>Strips that were sent, counted along the track, as the end of the pass says; null while it does not. At most
    /// those expected.</summary>
    public int? SentCount { get; init; }

    /// <summary>When the first strip came; null before.</summary>
    public DateTimeOffset? FirstArrival { get; init; }

    /// <summary>The strips by index.</summary>
    public ImmutableSortedDictionary<int, StripEntry> Strips { get; init; } = ImmutableSortedDictionary<int, StripEntry>.Empty;

    /// <summary>Batches under way, oldest first; only the first one runs.</summary>
    public ImmutableList<TileBatch> Batches { get; init; } = [];

    /// <summary>Number of batches so far.</summary>
    public int BatchCount { get; init; }

    /// <summary>Tiles that belong to some batch.</summary>
    public ImmutableHashSet<TileIndex> Taken { get; init; } = [];

    /// <summary>Tiles that were classified at least once.</summary>
    public ImmutableHashSet<TileIndex> Classified { get; init; } = [];

    /// <summary>Strips whose preliminary observations are out.</summary>
    public ImmutableHashSet<int> Summarised { get; init; } = [];

    /// <summary>Rows of the scene as far as they are known.</summary>
    public int KnownHeight => Layout.Height ?? (Strips.IsEmpty ? 0 : Strips.Values.Max(strip => strip.Bottom));

    /// <summary>Strips that are expected: as announced, else as the end of the pass says; null while nobody knows.</summary>
    public int? ExpectedStrips => Layout.StripCount ?? SentCount;

    /// <summary>Whether every expected strip has come.</summary>
    public bool HasAllStrips => ExpectedStrips is { } count && Strips.Count >= count;

    /// <summary>Whether all came that the pass has brought, be it fewer than were expected.</summary>
    public bool HasAllSent => SentCount is { } sent && Strips.Keys.Take(sent).SequenceEqual(Enumerable.Range(0, sent));

    /// <summary>Expected strips that have not come, ascending; empty where their number is unknown.</summary>
    public ImmutableArray<int> MissingStrips =>
        [.. Enumerable.Range(0, ExpectedStrips ?? 0).Where(index => !Strips.ContainsKey(index))];

    /// <summary>Strips that came, in percent of those expected; by rows where the number of strips is unknown.</summary>
    public double CompletenessPercent
    {
        get
        {
            if (ExpectedStrips is { } count)
            {
                return 100.0 * Math.Min(Strips.Count, count) / count;
            }

            var covered = RowCoverage.Of(Strips.Values).RowsWithin(0, KnownHeight);
            return KnownHeight == 0 ? 0 : 100.0 * covered / KnownHeight;
        }
    }

    /// <summary>The tile grid over the rows known so far.</summary>
    public TileGrid Grid => new(Layout.Width, KnownHeight, Layout.TileSize, Layout.Halo);
}
