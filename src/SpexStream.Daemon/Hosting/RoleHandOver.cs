using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Leases;

namespace SpexStream.Daemon.Hosting;

/// <summary>How a node that ends leaves a role which it keeps: to a node that goes on, or, where there is none, after
/// the role's last work. Several that end at the same moment do not leave it to each other.</summary>
/// <param name="role">Which role.</param>
/// <param name="work">What is done under it.</param>
/// <param name="leases">Who has what.</param>
/// <param name="keeper">Keeps this node's leases, this role among them.</param>
/// <param name="time">The clock.</param>
internal sealed class RoleHandOver(
    LeaseKey role, ILeasedWork work, ISceneLeases leases, LeaseKeeper keeper, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Leaves the role.</summary>
    /// <param name="finish">Waits until the role's work is done, by this node or another that has the role; says
    /// whether it was.</param>
    /// <param name="cancellation">Ends it where it is.</param>
    /// <returns>Whether nothing was left over.</returns>
    public async Task<bool> RunAsync(
        Func<CancellationToken, Task<bool>> finish, CancellationToken cancellation)
    {
        if (await IsAsync(lease => lease.Lease.Key.Scene is null, cancellation))
        {
            await keeper.GiveUpAsync(role, cancellation);
            if (await IsTakenAsync(cancellation))
            {
                return true;
            }

            // Whoever is there ends as well.
            keeper.Keep(role, work);
        }

        var isDone = await finish(cancellation);
        await keeper.GiveUpAsync(role, cancellation);
        return isDone;
    }

    // Nodes that go on ask for it again and again; twice as long as they pause is enough for all.
    private async Task<bool> IsTakenAsync(CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (!await IsAsync(lease => lease.Lease.Key == role, cancellation))
        {
            if (time.GetElapsedTime(began) > keeper.Terms.AskAgainAfter * 2)
            {
                return false;
            }

            await Task.Delay(Between, time, cancellation);
        }

        return true;
    }

    private async Task<bool> IsAsync(Func<LeaseListing, bool> what, CancellationToken cancellation) =>
        (await leases.ListAsync(cancellation)).Any(lease => lease.Node != keeper.Node && what(lease));
}
