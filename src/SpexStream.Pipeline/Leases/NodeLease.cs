using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>Says that a node is there and takes scenes, by a role that only it can have.</summary>
/// <param name="onChange">Told when others see it, and when they do no more; must not block.</param>
internal sealed class NodeLease(Action onChange) : ILeasedWork
{
    private const string Prefix = "node.";

    /// <summary>The lease of a node.</summary>
    public static LeaseKey KeyOf(string node) => LeaseKey.OfRole(Prefix + node);

    /// <summary>Whether a lease is that of the node that holds it.</summary>
    public static bool IsOne(LeaseListing listing) => listing.Lease.Key == KeyOf(listing.Node);

    /// <inheritdoc/>
    public async Task RunAsync(SceneTenure tenure)
    {
        onChange();
        try
        {
            await Task.Delay(Timeout.Infinite, tenure.Ended);
        }
        finally
        {
            onChange();
        }
    }
}
