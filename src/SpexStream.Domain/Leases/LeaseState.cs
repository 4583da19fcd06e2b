namespace SpexStream.Domain.Leases;

/// <summary>Where a node stands with one lease. Times are those of the node's monotonic clock since any fixed
/// moment.</summary>
public abstract record LeaseState
{
    private LeaseState()
    {
    }

    /// <summary>The node does not want it and does not have it.</summary>
    public sealed record Unwanted : LeaseState;

    /// <summary>The journal was asked for it.</summary>
    /// <param name="AskedAt">When; answers to other questions do not count.</param>
    /// <param name="IsWanted">False when it was given up meanwhile: it goes back as soon as it comes.</param>
    public sealed record Asking(TimeSpan AskedAt, bool IsWanted = true) : LeaseState;

    /// <summary>Another node has it, or the journal did not answer.</summary>
    /// <param name="AskAt">When the journal is asked again.</param>
    public sealed record Waiting(TimeSpan AskAt) : LeaseState;

    /// <summary>The node has it and works.</summary>
    /// <param name="Epoch">Epoch under which it writes.</param>
    /// <param name="SafeUntil">From then on it must not write, unless renewed.</param>
    /// <param name="RenewAt">When the journal is asked to renew it.</param>
    /// <param name="RenewalAskedAt">When that was asked; null when no answer is waited for.</param>
    public sealed record Owning(long Epoch, TimeSpan SafeUntil, TimeSpan RenewAt, TimeSpan? RenewalAskedAt)
        : LeaseState;

    /// <summary>The node was told to stop working, and has not said yet that it has.</summary>
    /// <param name="Epoch">Epoch under which it worked.</param>
    /// <param name="End">Why it stops.</param>
    /// <param name="IsWanted">Whether it wants the lease again once it has stopped.</param>
    /// <param name="NotBefore">It is not asked for again before this.</param>
    public sealed record Stopping(long Epoch, LeaseEnd End, bool IsWanted, TimeSpan NotBefore = default)
        : LeaseState;
}
