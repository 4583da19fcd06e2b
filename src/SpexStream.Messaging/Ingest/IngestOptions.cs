using System.Collections.Immutable;
using SpexStream.Domain.Announcements;

namespace SpexStream.Messaging.Ingest;

/// <summary>What announcements may ask for.</summary>
public sealed record IngestOptions
{
    /// <summary>Limits of what is decoded.</summary>
    public required AnnouncementLimits Limits { get; init; }

    /// <summary>Pixels times bands of one strip, at most.</summary>
    public long MaxSamples { get; init; } = 64L << 30;

    /// <summary>How long opening a header may take.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Announcements opened at once.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>Announcements taken from the broker and not settled, at most: those opened and those that wait for room.
    /// The broker's Receive Maximum, for no more than that come.</summary>
    public int MaxUnsettled { get; init; } = 64;

    /// <summary>Number of the last arrival before this process; dead letters are numbered from there on.</summary>
    public long ArrivalsBefore { get; init; }

    /// <summary>The folders that rasters may lie in, links resolved; empty for no limit.</summary>
    public ImmutableArray<string> ResolvedRoots { get; init; } = [];
}
