using System.Collections.Immutable;
using System.Threading.Channels;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Leases;

/// <summary>A journal's leases for one node, whose answers a test decides. All is granted unless it says
/// otherwise.</summary>
internal sealed class ScriptedLeases : ISceneLeases
{
    private readonly Channel<HeldLease> _released = Channel.CreateBounded<HeldLease>(16);
    private long _epoch;
    private int _asked;
    private int _renewals;

    public string Node => "here";

    public int Asked => Volatile.Read(ref _asked);

    public int Renewals => Volatile.Read(ref _renewals);

    /// <summary>Comes with every lease; null as with a role.</summary>
    public ISceneWriter? Writer { get; init; }

    public Func<CancellationToken, ValueTask> OnAsk { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>Who has it when it is asked for; null while nobody does.</summary>
    public LeaseAnswer.HeldByOther? Holder { get; set; }

    public Func<CancellationToken, ValueTask> OnRenew { get; set; } = _ => ValueTask.CompletedTask;

    public Func<ValueTask> OnRelease { get; set; } = () => ValueTask.CompletedTask;

    /// <summary>What was given back, in order.</summary>
    public ChannelReader<HeldLease> Released => _released.Reader;

    public async ValueTask<LeaseAnswer> AskAsync(LeaseKey key, TimeSpan term, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _asked);
        await OnAsk(cancellation);
        return Holder is { } other ? other
            : new LeaseAnswer.Granted(new(key, Interlocked.Increment(ref _epoch)), Writer);
    }

    public async ValueTask<ImmutableHashSet<HeldLease>> RenewAsync(
        ImmutableArray<HeldLease> leases, TimeSpan term, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _renewals);
        await OnRenew(cancellation);
        return [.. leases];
    }

    public ValueTask LeaveAsync(ImmutableArray<HeldLease> leases, CancellationToken cancellation = default) =>
        ReleaseAsync(leases, cancellation);

    public async ValueTask ReleaseAsync(
        ImmutableArray<HeldLease> leases, CancellationToken cancellation = default)
    {
        await OnRelease();
        foreach (var lease in leases)
        {
            await _released.Writer.WriteAsync(lease, cancellation);
        }
    }

    public ValueTask<ImmutableArray<LeaseListing>> ListAsync(CancellationToken cancellation = default) => new([]);

    public ValueTask<ImmutableArray<SceneId>> ListFreeAsync(int limit, CancellationToken cancellation = default) =>
        new([]);

    public Task WaitAsync(CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation);
}
