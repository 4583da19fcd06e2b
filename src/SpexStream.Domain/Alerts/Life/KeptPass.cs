using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>A clear pass as it was judged when it came.</summary>
public sealed record KeptPass
{
    /// <summary>The pass.</summary>
    public required AreaPass Pass { get; init; }

    /// <summary>Its value in the unit of the rule's metric; null while there was no baseline.</summary>
    public required double? Value { get; init; }

    /// <summary>Whether the value is beyond the enter threshold.</summary>
    public required bool Enters { get; init; }

    /// <summary>Whether it was young enough to have a part in alerts.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Whether it counts for the baseline: there was no alert and nothing to raise one.</summary>
    public required bool IsUsual { get; init; }

    /// <summary>Backends that found the value beyond the threshold, in this revision or an earlier one; empty where the
    /// newest revision did not.</summary>
    public required ImmutableSortedSet<string> Backends { get; init; }

    /// <summary>Name of the second backend that found the value of this revision beyond the threshold, too; null where
    /// none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AgreedBy { get; init; }
}
