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

    /// <summary>How long opening a raster may show no progress.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens per thread that were given up and may be out before no thread takes their place.</summary>
    public int MaxHungReads { get; init; } = 4;

    /// <summary>How long an announcement whose file does not answer is kept, unacknowledged, and tried again.</summary>
    public TimeSpan SilentPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Announcements opened at once, by a thread each.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>Announcements taken from the broker and not settled, at most: those opened and those that wait for
    /// room. The broker's Receive Maximum, for no more than that come.</summary>
    public int MaxUnsettled { get; init; } = 64;

    /// <summary>Number of the last arrival before this process; dead letters are numbered from there on.</summary>
    public long ArrivalsBefore { get; init; }

    /// <summary>The folders that rasters may lie in, links resolved; empty for no limit.</summary>
    public ImmutableArray<string> ResolvedRoots { get; init; } = [];
}
