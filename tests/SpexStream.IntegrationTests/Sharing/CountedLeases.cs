using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>Leases whose lists are counted.</summary>
internal sealed class CountedLeases(ISceneLeases inner) : ISceneLeases
{
    private int _looks;

    public string Node => inner.Node;

    public int Looks => Volatile.Read(ref _looks);

    public ValueTask<LeaseAnswer> AskAsync(LeaseKey key, TimeSpan term, CancellationToken cancellation = default) =>
        inner.AskAsync(key, term, cancellation);

    public ValueTask<ImmutableHashSet<HeldLease>> RenewAsync(
        ImmutableArray<HeldLease> leases, TimeSpan term, CancellationToken cancellation = default) =>
        inner.RenewAsync(leases, term, cancellation);

    public ValueTask ReleaseAsync(ImmutableArray<HeldLease> leases, CancellationToken cancellation = default) =>
        inner.ReleaseAsync(leases, cancellation);

    public ValueTask LeaveAsync(ImmutableArray<HeldLease> leases, CancellationToken cancellation = default) =>
        inner.LeaveAsync(leases, cancellation);

    public ValueTask<ImmutableArray<LeaseListing>> ListAsync(CancellationToken cancellation = default) =>
        inner.ListAsync(cancellation);

    public ValueTask<ImmutableArray<SceneId>> ListFreeAsync(int limit, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _looks);
        return inner.ListFreeAsync(limit, cancellation);
    }

    public Task WaitAsync(CancellationToken cancellation) => inner.WaitAsync(cancellation);
}
