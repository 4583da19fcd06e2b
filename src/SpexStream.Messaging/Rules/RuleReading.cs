using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Messaging.Rules;

/// <summary>What came of reading a rules file.</summary>
/// <param name="Set">The rules and areas; null when there is any fault.</param>
/// <param name="Faults">All faults of both files.</param>
public sealed record RuleReading(RuleSet? Set, ImmutableArray<RuleFault> Faults)
{
    /// <summary>Full paths of the files that were read, and of the masks that they name: when one of them changes, it
    /// is to be read again.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>What those files looked like just before each was read: what is written meanwhile is a change.</summary>
    public ImmutableArray<FileStamp> Stamps { get; init; } = [];
}
