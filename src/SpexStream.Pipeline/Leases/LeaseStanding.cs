using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>Who has a lease, as far as this node knows.</summary>
internal abstract record LeaseStanding
{
    private LeaseStanding()
    {
    }

    /// <summary>This node.</summary>
    /// <param name="Tenure">As long as this lasts.</param>
    public sealed record Owned(SceneTenure Tenure) : LeaseStanding;

    /// <summary>Another one.</summary>
    /// <param name="Node">Its name.</param>
    public sealed record Elsewhere(string Node) : LeaseStanding;

    /// <summary>Nobody can have it: the journal's row of it is damaged.</summary>
    /// <param name="Fault">What the journal says.</param>
    public sealed record Unreadable(JournalDamagedException Fault) : LeaseStanding;
}
