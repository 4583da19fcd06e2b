using System.Collections.Immutable;

namespace SpexStream.Domain.Alerts.Rules;

/// <summary>A rule as a file says it, unchecked; null where the file says nothing.</summary>
/// <param name="Where">Its place in the file, for faults.</param>
public sealed record RuleDraft(string Where)
{
    /// <summary>The places of what the file gives, by key ("enter", "confirm.passes"). What stands here and is null was
    /// given and could not be read, which whoever read it has told.</summary>
    public ImmutableDictionary<string, string> Places { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Name.</summary>
    public string? Id { get; init; }

    /// <summary>Ids of areas; null for all.</summary>
    public ImmutableArray<string>? Areas { get; init; }

    /// <summary>Class.</summary>
    public string? Class { get; init; }

    /// <summary>Metric.</summary>
    public string? Metric { get; init; }

    /// <summary>Observations of a median baseline.</summary>
    public double? BaselinePasses { get; init; }

    /// <summary>Name of a reference mask.</summary>
    public string? ReferenceMask { get; init; }

    /// <summary>Enter threshold.</summary>
    public double? Enter { get; init; }

    /// <summary>Exit threshold.</summary>
    public double? Exit { get; init; }

    /// <summary>Minimum area in hectares.</summary>
    public double? MinimumHectares { get; init; }

    /// <summary>Minimum share clearly seen in percent.</summary>
    public double? MinimumClearPercent { get; init; }

    /// <summary>n of m: n.</summary>
    public double? ConfirmPasses { get; init; }

    /// <summary>n of m: m.</summary>
    public double? OutOfPasses { get; init; }

    /// <summary>Cool-down in hours.</summary>
    public double? CoolDownHours { get; init; }

    /// <summary>Life without a pass in hours.</summary>
    public double? ExpireHours { get; init; }

    /// <summary>Age gate in hours.</summary>
    public double? MaxAgeHours { get; init; }

    /// <summary>Change worth an update in percent.</summary>
    public double? UpdatePercent { get; init; }

    /// <summary>One severity for all; null where there are steps or nothing.</summary>
    public string? Severity { get; init; }

    /// <summary>Severities by the value from which they hold, NaN where that could not be read; empty where there is
    /// one for all.</summary>
    public ImmutableArray<(string Severity, double From)> Steps { get; init; } = [];

    /// <summary>Tag of the language.</summary>
    public string? Language { get; init; }

    /// <summary>Whether the file gives a key, be it that it can be read or not.</summary>
    public bool Gives(string key) => Places.ContainsKey(key);

    /// <summary>Where a key stands, or its rule where it does not.</summary>
    public string PlaceOf(string key) => Places.GetValueOrDefault(key) ?? $"{Where}.{key}";
}
