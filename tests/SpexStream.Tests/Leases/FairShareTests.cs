using System.Collections.Immutable;
using SpexStream.Domain.Leases;
using Xunit;

namespace SpexStream.Tests.Leases;

/// <summary>Shares that every node reckons alike.</summary>
public sealed class FairShareTests
{
    [Fact]
    public void Shares_add_up_differ_by_one_at_most_and_move_no_more_than_they_must()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var i = 0; i < 5000; i++)
        {
            var (owned, free) = World(random);
            var quotas = FairShare.Quotas(owned, free);
            Assert.Equal(owned.Values.Sum() + free, quotas.Values.Sum());
            Assert.InRange(quotas.Values.Max() - quotas.Values.Min(), 0, 1);
            if (free == 0 && owned.Values.Max() - owned.Values.Min() <= 1)
            {
                Assert.Equal(owned, quotas);
            }

            // Together they take what is free, and nobody takes what another was meant to have.
            var taken = owned.Keys.Sum(node => FairShare.Take(node, owned, free, 0, int.MaxValue));
            var surplus = owned.Keys.Sum(node => FairShare.Surplus(node, owned, free));
            Assert.InRange(taken, 0, free + surplus);
            Assert.True(surplus > 0 || taken == free, $"seed {Seed}, round {i}");
        }
    }

    [Fact]
    public void From_any_beginning_nodes_come_to_equal_shares_and_then_nothing_moves()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        for (var i = 0; i < 500; i++)
        {
            var (owned, free) = World(random);
            for (var look = 0; look < 100; look++)
            {
                // One node at a time looks, in any order, as they do.
                var node = owned.Keys.ElementAt(random.Next(owned.Count));
                var change = FairShare.Take(node, owned, free, 0, int.MaxValue) - FairShare.Surplus(node, owned, free);
                (owned, free) = (owned.SetItem(node, owned[node] + change), free - change);
            }

            foreach (var node in owned.Keys)
            {
                Assert.Equal(0, FairShare.Surplus(node, owned, free));
            }

            Assert.True(free == 0 && owned.Values.Max() - owned.Values.Min() <= 1, $"seed {Seed}, round {i}");
        }
    }

    [Fact]
    public void What_others_leave_lying_is_taken_beyond_the_share_as_far_as_there_is_room()
    {
        var owned = Nodes(("a", 2), ("b", 0));
        Assert.Equal(0, FairShare.Take("a", owned, 2, 0, 10));
        Assert.Equal(2, FairShare.Take("b", owned, 2, 0, 10));
        Assert.Equal(2, FairShare.Take("a", owned, 2, 2, 10));
        Assert.Equal(1, FairShare.Take("a", owned, 2, 2, 1));
    }

    [Fact]
    public void A_node_that_is_not_there_takes_nothing_and_is_left_nothing()
    {
        var owned = Nodes(("a", 1));
        Assert.Equal(0, FairShare.Take("gone", owned, 3, 3, 10));
        Assert.Equal(3, FairShare.Take("a", owned, 3, 0, 10));
    }

    [Fact]
    public void A_scene_is_begun_where_there_is_least_to_do()
    {
        var owned = Nodes(("a", 2), ("b", 1), ("c", 1));
        Assert.False(FairShare.Begins("a", owned));
        Assert.True(FairShare.Begins("b", owned));
        Assert.True(FairShare.Begins("c", owned));
    }

    private static (ImmutableSortedDictionary<string, int> Owned, int Free) World(Random random) => (
        Nodes([.. Enumerable.Range(0, random.Next(1, 7)).Select(i => ($"node-{i}", random.Next(0, 12)))]),
        random.Next(0, 12));

    private static ImmutableSortedDictionary<string, int> Nodes(params (string Name, int Scenes)[] nodes) =>
        nodes.ToImmutableSortedDictionary(node => node.Name, node => node.Scenes, StringComparer.Ordinal);
}
