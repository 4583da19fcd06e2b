using SpexStream.Daemon.Hosting;
using SpexStream.Domain.Ports.Journal;
using SpexStream.IntegrationTests.Journal.Postgres;
using SpexStream.IntegrationTests.Support;
using SpexStream.Journal.Postgres;
using SpexStream.Pipeline.Leases;
using Xunit;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>Who does the last of a role's work when nodes end.</summary>
[Collection(PostgresTests.Name)]
public sealed class RoleHandOverTests(PostgresServer server) : PostgresTestBase(server)
{
    private static readonly LeaseKey Outbox = LeaseKey.OfRole("outbox");
    private static readonly LeaseKey Other = LeaseKey.OfRole("retention");

    [RequiresPostgresFact]
    public async Task Of_nodes_that_end_at_the_same_moment_one_finishes_the_work()
    {
        await using var a = new Member(Open("a"));
        await a.HasAsync(Outbox);
        await a.HasAsync(LeaseKey.OfRole("catch-up"));
        await using var b = new Member(Open("b"));
        await b.HasAsync(Other);
        b.Keep(Outbox);

        var done = Task.WhenAll(a.EndAsync(), b.EndAsync());
        await Task.WhenAny(a.Finished, b.Finished).WaitAsync(Soon);
        (a.IsDone, b.IsDone) = (true, true);
        Assert.All(await done.WaitAsync(Soon), Assert.True);
        Assert.Empty((await a.Leases.ListAsync()).Where(lease => lease.Lease.Key == Outbox));
    }

    [RequiresPostgresFact]
    public async Task A_node_that_ends_leaves_the_work_to_one_that_goes_on()
    {
        await using var a = new Member(Open("a"));
        await a.HasAsync(Outbox);
        await using var b = new Member(Open("b"));
        await b.HasAsync(Other);
        b.Keep(Outbox);
        Assert.True(await a.EndAsync().WaitAsync(Soon));
        Assert.False(a.Finished.IsCompleted);
        await Eventually.HoldsAsync(() => b.Keeper.Has(Outbox));
    }

    [RequiresPostgresFact]
    public async Task A_node_that_is_alone_finishes_the_work_without_giving_it_away_before()
    {
        await using var a = new Member(Open("a"));
        await a.HasAsync(Outbox);
        var ending = a.EndAsync();
        await a.Finished.WaitAsync(Soon);
        Assert.Equal(1, a.Begun);
        a.IsDone = true;
        Assert.True(await ending.WaitAsync(Soon));
    }

    private sealed class Member(PostgresJournal journal) : IAsyncDisposable
    {
        private readonly TaskCompletionSource _finished = new();
        private int _begun;

        public ISceneLeases Leases => journal.Leases;

        public LeaseKeeper Keeper { get; } = new(journal.Leases, SharedNode.Terms, TimeProvider.System);

        /// <summary>Ends when it works under the role while it waits for the role's last work.</summary>
        public Task Finished => _finished.Task;

        public int Begun => Volatile.Read(ref _begun);

        public bool IsDone { get; set; }

        public void Keep(LeaseKey role) => Keeper.Keep(role, new RoleWork(tenure => WorkAsync(tenure.Ended)));

        public Task HasAsync(LeaseKey role)
        {
            Keep(role);
            return Eventually.HoldsAsync(() => Keeper.Has(role));
        }

        public Task<bool> EndAsync() => new RoleHandOver(
            Outbox, new RoleWork(tenure => WorkAsync(tenure.Ended)), Leases, Keeper, TimeProvider.System)
            .RunAsync(FinishAsync, CancellationToken.None);

        public ValueTask DisposeAsync() => Keeper.DisposeAsync();

        private Task WorkAsync(CancellationToken cancellation)
        {
            Interlocked.Increment(ref _begun);
            return Task.Delay(Timeout.Infinite, cancellation);
        }

        private async Task<bool> FinishAsync(CancellationToken cancellation)
        {
            await Eventually.HoldsAsync(() =>
            {
                if (Keeper.Has(Outbox))
                {
                    _finished.TrySetResult();
                }

                return IsDone;
            });
            return true;
        }
    }
}
