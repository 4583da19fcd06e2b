namespace SpexStream.Domain.Leases;

/// <summary>What a node has to do about a lease.</summary>
public abstract record LeaseEffect
{
    private LeaseEffect()
    {
    }

    /// <summary>Ask the journal for it.</summary>
    /// <param name="At">The node's clock; comes back with the answer.</param>
    public sealed record Ask(TimeSpan At) : LeaseEffect;

    /// <summary>Ask the journal to renew it.</summary>
    /// <param name="Epoch">Its epoch.</param>
    /// <param name="At">The node's clock; comes back with the answer.</param>
    public sealed record Renew(long Epoch, TimeSpan At) : LeaseEffect;

    /// <summary>Give it back to the journal.</summary>
    /// <param name="Epoch">Its epoch.</param>
    public sealed record Release(long Epoch) : LeaseEffect;

    /// <summary>Begin to work.</summary>
    /// <param name="Epoch">Epoch to write under.</param>
    public sealed record Start(long Epoch) : LeaseEffect;

    /// <summary>Stop writing at once, and say when that is done.</summary>
    /// <param name="Epoch">Epoch of the work.</param>
    /// <param name="End">Why.</param>
    public sealed record Cease(long Epoch, LeaseEnd End) : LeaseEffect;
}
