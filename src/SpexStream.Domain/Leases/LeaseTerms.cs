namespace SpexStream.Domain.Leases;

/// <summary>How long a lease holds and how it is kept. All times are lengths, measured on one machine's monotonic
/// clock; clocks of different machines are never compared.</summary>
public sealed record LeaseTerms
{
    /// <summary>How long a lease holds after it was given or renewed, by the clock of the journal.</summary>
    public TimeSpan Term { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before its end an owner stops writing: what a write, once begun, may still take, and what two
    /// clocks may differ in rate over <see cref="Term"/>.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long after it was given or renewed a lease is renewed. Two attempts fit before an owner has to
    /// stop, for the first is given up after <see cref="RenewWithin"/>.</summary>
    public TimeSpan RenewAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long is waited before a lease that another node holds, or a journal that did not answer, is asked
    /// for again.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long is waited, after its work ended by a fault, before a lease is asked for again that a node is
    /// to have always: other nodes may do better.</summary>
    public TimeSpan PauseAfterFault { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a renewal may take before it is asked for again by another connection: half of what is left
    /// until an owner has to stop.</summary>
    public TimeSpan RenewWithin => (Term - Margin - RenewAfter) / 2;

    /// <summary>Checks that the times fit each other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Margin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RenewAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AskAgainAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(PauseAfterFault, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Term - Margin, RenewAfter * 2, nameof(Term));
    }
}
