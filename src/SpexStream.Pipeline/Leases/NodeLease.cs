using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Leases;

/// <summary>What a node says of itself to the others, each by a role that only it can have.</summary>
internal static class NodeLease
{
    /// <summary>The lease by which a node says that it is there and takes scenes.</summary>
    public static LeaseKey KeyOf(string node) => LeaseKey.OfRole("node." + node);

    /// <summary>The lease by which it says that it has as many scenes as it can have.</summary>
    public static LeaseKey FullKeyOf(string node) => LeaseKey.OfRole("full." + node);

    /// <summary>Whether a lease says that the node that holds it is there.</summary>
    public static bool IsOne(LeaseListing listing) => listing.Lease.Key == KeyOf(listing.Node);

    /// <summary>Whether a lease says that the node that holds it is full.</summary>
    public static bool SaysFull(LeaseListing listing) => listing.Lease.Key == FullKeyOf(listing.Node);
}
