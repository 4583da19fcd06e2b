using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Leases;

/// <summary>Says that a node is there and takes scenes, or that it has as many as it can have, by a role that only it
/// can have.</summary>
/// <param name="onChange">Told when others see it, and when they do no more; must not block.</param>
internal sealed class NodeLease(Action onChange) : ILeasedWork
{
    private const string Prefix = "node.";
    private const string FullPrefix = "full.";

    /// <summary>The lease of a node.</summary>
    public static LeaseKey KeyOf(string node) => LeaseKey.OfRole(Prefix + node);

    /// <summary>Whether a lease is that of the node that holds it.</summary>
    public static bool IsOne(LeaseListing listing) => listing.Lease.Key == KeyOf(listing.Node);

    /// <summary>The lease by which a node says that it takes no more scenes for now.</summary>
    public static LeaseKey FullKeyOf(string node) => LeaseKey.OfRole(FullPrefix + node);

    /// <summary>Whether a lease says that the node that holds it is full.</summary>
    public static bool SaysFull(LeaseListing listing) => listing.Lease.Key == FullKeyOf(listing.Node);

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
