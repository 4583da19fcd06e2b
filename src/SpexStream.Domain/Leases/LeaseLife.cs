using System.Collections.Immutable;

namespace SpexStream.Domain.Leases;

/// <summary>
/// What a node does about one lease, and when. A lease holds, at the journal, at least for its term after it was ASKED
/// for; so an owner that counts from that moment, and stops a margin earlier, has stopped before anybody else can have
/// it, however the clocks of the machines stand. A node that was paused finds on its first tick that its time is over;
/// what it tries to write before that tick is refused by the epoch. (Gray and
/// Cheriton, Leases, SOSP 1989.)
/// </summary>
public static class LeaseLife
{
    private static readonly LeaseState.Unwanted Unwanted = new();

    /// <summary>The state of a lease that nobody has asked for.</summary>
    public static LeaseState Beginning => Unwanted;

    /// <summary>One step. An input that does not fit the state (the late answer of an earlier question) changes
    /// nothing; a lease that comes by such an answer goes back.</summary>
    /// <param name="state">Where the node stands.</param>
    /// <param name="input">What happened.</param>
    /// <param name="now">The node's monotonic clock.</param>
    /// <param name="terms">How leases are kept.</param>
    public static (LeaseState State, ImmutableArray<LeaseEffect> Effects) Step(
        LeaseState state, LeaseInput input, TimeSpan now, LeaseTerms terms) => (state, input) switch
        {
            (LeaseState.Unwanted, LeaseInput.Want) => Ask(now),
            (LeaseState.Waiting waiting, LeaseInput.Tick) when now >= waiting.AskAt => Ask(now),
            (LeaseState.Waiting, LeaseInput.GiveUp) => (Unwanted, []),
            (LeaseState.Asking asking, _) => WhileAsking(asking, input, now, terms),
            (LeaseState.Owning owning, _) => WhileOwning(owning, input, now, terms),
            (LeaseState.Stopping stopping, LeaseInput.Want) => (stopping with { IsWanted = true }, []),
            (LeaseState.Stopping stopping, LeaseInput.GiveUp) => (stopping with { IsWanted = false }, []),
            (LeaseState.Stopping stopping, LeaseInput.Stopped stopped) when stopped.Epoch == stopping.Epoch =>
                AfterStop(stopping, now),
            (_, LeaseInput.Granted late) => GoesBack(state, late),
            _ => (state, []),
        };

    /// <summary>When the next <see cref="LeaseInput.Tick"/> is due; null when none is.</summary>
    public static TimeSpan? NextTick(LeaseState state) => state switch
    {
        LeaseState.Waiting waiting => waiting.AskAt,
        LeaseState.Owning { RenewalAskedAt: null } owning when owning.RenewAt < owning.SafeUntil => owning.RenewAt,
        LeaseState.Owning owning => owning.SafeUntil,
        _ => null,
    };

    private static (LeaseState, ImmutableArray<LeaseEffect>) Ask(TimeSpan now) =>
        (new LeaseState.Asking(now), [new LeaseEffect.Ask(now)]);

    private static (LeaseState, ImmutableArray<LeaseEffect>) GoesBack(LeaseState state, LeaseInput.Granted granted) =>
        (state, [new LeaseEffect.Release(granted.Epoch)]);

    private static (LeaseState, ImmutableArray<LeaseEffect>) WhileAsking(
        LeaseState.Asking asking, LeaseInput input, TimeSpan now, LeaseTerms terms) => input switch
        {
            LeaseInput.Want => (asking with { IsWanted = true }, []),
            LeaseInput.GiveUp => (asking with { IsWanted = false }, []),
            LeaseInput.Granted late when late.AskedAt != asking.AskedAt => GoesBack(asking, late),
            LeaseInput.HeldByOther other when other.AskedAt != asking.AskedAt => (asking, []),
            LeaseInput.NoAnswer other when other.AskedAt != asking.AskedAt => (asking, []),
            LeaseInput.Granted granted when !asking.IsWanted => (Unwanted, [new LeaseEffect.Release(granted.Epoch)]),
            // The answer came so late that the time is over already.
            LeaseInput.Granted granted when now >= SafeUntil(granted.AskedAt, terms) =>
                (new LeaseState.Waiting(now + terms.AskAgainAfter), [new LeaseEffect.Release(granted.Epoch)]),
            LeaseInput.Granted granted =>
                (Owned(granted.Epoch, granted.AskedAt, terms), [new LeaseEffect.Start(granted.Epoch)]),
            LeaseInput.HeldByOther or LeaseInput.NoAnswer when !asking.IsWanted => (Unwanted, []),
            LeaseInput.HeldByOther held when held.For < terms.AskAgainAfter =>
                (new LeaseState.Waiting(now + held.For), []),
            LeaseInput.HeldByOther or LeaseInput.NoAnswer => (new LeaseState.Waiting(now + terms.AskAgainAfter), []),
            _ => (asking, []),
        };

    private static (LeaseState, ImmutableArray<LeaseEffect>) WhileOwning(
        LeaseState.Owning owning, LeaseInput input, TimeSpan now, LeaseTerms terms) => input switch
        {
            LeaseInput.GiveUp => Stop(owning, LeaseEnd.GivenUp),
            LeaseInput.Failed failed => Pause(owning, failed, now, terms),
            LeaseInput.Granted late when late.Epoch != owning.Epoch => GoesBack(owning, late),
            LeaseInput.Refused refused when refused.Epoch == owning.Epoch => Stop(owning, LeaseEnd.TakenOver),
            // Whatever else has happened: the time is over first.
            _ when now >= owning.SafeUntil && !IsRenewal(owning, input) => Stop(owning, LeaseEnd.Expired),
            LeaseInput.Renewed renewed when IsRenewal(owning, input) =>
                now < SafeUntil(renewed.AskedAt, terms) ? (Owned(owning.Epoch, renewed.AskedAt, terms), [])
                    : now < owning.SafeUntil ? (owning, []) : Stop(owning, LeaseEnd.Expired),
            // Counted from the question: one that was waited for in vain leaves no time to lose.
            LeaseInput.NoAnswer none when none.AskedAt == owning.RenewalAskedAt => (
                owning with { RenewAt = Later(now, none.AskedAt + terms.AskAgainAfter), RenewalAskedAt = null }, []),
            LeaseInput.Tick when now >= owning.RenewAt && owning.RenewalAskedAt is null =>
                (owning with { RenewalAskedAt = now }, [new LeaseEffect.Renew(owning.Epoch, now)]),
            _ => (owning, []),
        };

    private static (LeaseState, ImmutableArray<LeaseEffect>) Stop(LeaseState.Owning owning, LeaseEnd end) => (
        new LeaseState.Stopping(owning.Epoch, end, end != LeaseEnd.GivenUp),
        [new LeaseEffect.Cease(owning.Epoch, end)]);

    private static (LeaseState, ImmutableArray<LeaseEffect>) Pause(
        LeaseState.Owning owning, LeaseInput.Failed failed, TimeSpan now, LeaseTerms terms) => (
        new LeaseState.Stopping(owning.Epoch, LeaseEnd.GivenUp, failed.AskAgain, now + terms.PauseAfterFault),
        [new LeaseEffect.Cease(owning.Epoch, LeaseEnd.GivenUp)]);

    // What expired while the work came to its end may be asked for anew; nobody else's is given back.
    private static (LeaseState, ImmutableArray<LeaseEffect>) AfterStop(LeaseState.Stopping stopping, TimeSpan now)
    {
        var (next, effects) = !stopping.IsWanted ? (Unwanted, [])
            : now < stopping.NotBefore ? (new LeaseState.Waiting(stopping.NotBefore), []) : Ask(now);
        return stopping.End == LeaseEnd.GivenUp
            ? (next, [new LeaseEffect.Release(stopping.Epoch), .. effects]) : (next, effects);
    }

    private static bool IsRenewal(LeaseState.Owning owning, LeaseInput input) =>
        input is LeaseInput.Renewed renewed && renewed.Epoch == owning.Epoch;

    private static LeaseState.Owning Owned(long epoch, TimeSpan askedAt, LeaseTerms terms) =>
        new(epoch, SafeUntil(askedAt, terms), askedAt + terms.RenewAfter, null);

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan SafeUntil(TimeSpan askedAt, LeaseTerms terms) => askedAt + terms.Term - terms.Margin;
}
