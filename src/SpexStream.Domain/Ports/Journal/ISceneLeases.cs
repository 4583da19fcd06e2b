using System.Collections.Immutable;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>
/// Who owns what among the nodes that share a journal. A lease ends by the journal's clock alone. Taking one over gives
/// a higher epoch, and from that moment every earlier writer of the scene is refused. Safe for use from several
/// threads; every call can throw a <see cref="JournalException"/>, after which nothing is known: ask again.
/// </summary>
public interface ISceneLeases
{
    /// <summary>Name of this node.</summary>
    string Node { get; }

    /// <summary>Asks for a lease. Given when nobody has it, when it has expired, or when this node (an earlier process
    /// of it, too) has it already.</summary>
    /// <param name="key">Of what.</param>
    /// <param name="term">How long it shall hold.</param>
    /// <param name="cancellation">Takes the question back while it waits; an answer that is lost expires.</param>
    ValueTask<LeaseAnswer> AskAsync(LeaseKey key, TimeSpan term, CancellationToken cancellation = default);

    /// <summary>Makes leases of this process hold for a term from now on.</summary>
    /// <returns>Those that were renewed; the others have expired, or are another's.</returns>
    ValueTask<ImmutableHashSet<HeldLease>> RenewAsync(
        ImmutableArray<HeldLease> leases, TimeSpan term, CancellationToken cancellation = default);

    /// <summary>Gives leases back, and the right to write; those that are no longer held are passed over. A scene of
    /// which nothing was written is forgotten.</summary>
    ValueTask ReleaseAsync(ImmutableArray<HeldLease> leases, CancellationToken cancellation = default);

    /// <summary>Gives leases back and goes on to write under their epochs, until somebody takes a higher one.</summary>
    ValueTask LeaveAsync(ImmutableArray<HeldLease> leases, CancellationToken cancellation = default);

    /// <summary>All leases that hold, by key.</summary>
    ValueTask<ImmutableArray<LeaseListing>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Scenes that nobody owns and that somebody should: open ones, the earliest deadline first, then the
    /// highest priority; behind them those for which strips wait (<see cref="IStripInbox"/>).</summary>
    /// <param name="limit">At most so many, at least 1.</param>
    /// <param name="cancellation">Takes the question back.</param>
    ValueTask<ImmutableArray<SceneId>> ListFreeAsync(int limit, CancellationToken cancellation = default);

    /// <summary>Ends when a lease was given back or a strip waits for a scene, or when that may have been missed. A
    /// lease that expires tells nobody: look again after a term, too.</summary>
    Task WaitAsync(CancellationToken cancellation);
}
