using System.Collections.Immutable;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Leases;

/// <summary>How many scenes each node has.</summary>
internal static class NodeCensus
{
    /// <summary>Nobody is known.</summary>
    public static ImmutableSortedDictionary<string, int> Empty { get; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>The nodes that say that they are there. What another still has is not counted: it is free
    /// soon.</summary>
    public static ImmutableSortedDictionary<string, int> Of(ImmutableArray<LeaseListing> listed) =>
        listed.Where(NodeLease.IsOne).Select(listing => listing.Node).Distinct().ToImmutableSortedDictionary(
            node => node,
            node => listed.Count(lease => lease.Node == node && lease.Lease.Key.Scene is not null),
            StringComparer.Ordinal);

    /// <summary>Those among whom a node shares: itself, and who is not full. What is given up for one that is full
    /// comes back, and is given up again.</summary>
    public static ImmutableSortedDictionary<string, int> Sharers(
        this ImmutableSortedDictionary<string, int> census, ImmutableArray<LeaseListing> listed, string node) =>
        census.RemoveRange(listed.Where(NodeLease.SaysFull).Select(lease => lease.Node).Where(full => full != node));
}
