using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Daemon.Status;

/// <summary>A scene, as operators see it.</summary>
internal sealed record SceneLine
{
    public required string Scene { get; init; }

    public required string Platform { get; init; }

    /// <summary>Id of its trace, as log lines have it.</summary>
    public required string Trace { get; init; }

    /// <summary>When this process first heard of it, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was heard of last, UTC.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>open, closed, failed or missing-critical.</summary>
    public string Phase { get; init; } = "open";

    public int Revision { get; init; } = 1;

    public int StripsReceived { get; init; }

    /// <summary>Null where nobody knows.</summary>
    public int? StripsExpected { get; init; }

    /// <summary>Indices of the strips of which every tile has an answer, ascending.</summary>
    public ImmutableSortedSet<int> StripsDone { get; init; } = [];

    public int TilesDone { get; init; }

    /// <summary>Those that are known to be needed so far.</summary>
    public int TilesKnown { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    /// <summary>What went wrong last, for people; null where nothing did.</summary>
    public string? Trouble { get; init; }

    /// <summary>Of a closed one, 0..100.</summary>
    public double? CompletenessPercent { get; init; }

    /// <summary>File of the small picture; null without one.</summary>
    public string? Picture { get; init; }

    /// <summary>Corners on Earth, upper left first; empty without a CRS.</summary>
    public ImmutableArray<LonLat> Footprint { get; init; } = [];
}
