using System.Collections.Immutable;

namespace SpexStream.Domain.Leases;

/// <summary>
/// How scenes are shared among nodes. All nodes see the same leases and reckon alike, but that a node which is full
/// counts for itself alone; so what one gives up another takes, and nothing goes round in circles.
/// </summary>
public static class FairShare
{
    /// <summary>
    /// How many scenes each node should have: as many as the others, or one more. Those that have most already get what
    /// is left over, by name among equals; so a share that is fair moves nothing.
    /// </summary>
    /// <param name="owned">Scenes that each node has, by its name; at least one node.</param>
    /// <param name="free">Scenes that nobody has, 0 or more.</param>
    public static ImmutableSortedDictionary<string, int> Quotas(
        ImmutableSortedDictionary<string, int> owned, int free)
    {
        ArgumentOutOfRangeException.ThrowIfZero(owned.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(free);
        var (least, over) = Math.DivRem(owned.Values.Sum() + free, owned.Count);
        return owned.OrderByDescending(node => node.Value).ThenBy(node => node.Key, StringComparer.Ordinal)
            .Select((node, rank) => KeyValuePair.Create(node.Key, least + (rank < over ? 1 : 0)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>How many free scenes a node takes.</summary>
    /// <param name="node">The node.</param>
    /// <param name="owned">Scenes that each node has; a node that is not among them takes none.</param>
    /// <param name="free">Scenes that nobody has.</param>
    /// <param name="waiting">How many of them those had time to take whose share they are, and did not.</param>
    /// <param name="room">How many more scenes the node can have, 0 or more.</param>
    public static int Take(
        string node, ImmutableSortedDictionary<string, int> owned, int free, int waiting, int room) =>
        !owned.TryGetValue(node, out var mine) ? 0
            : Math.Min(Math.Min(free, room), Math.Max(Quotas(owned, free)[node] - mine, waiting));

    /// <summary>How many scenes a node has too many.</summary>
    /// <param name="node">The node.</param>
    /// <param name="owned">Scenes that each node has.</param>
    /// <param name="free">Scenes that nobody has.</param>
    public static int Surplus(string node, ImmutableSortedDictionary<string, int> owned, int free) =>
        owned.TryGetValue(node, out var mine) ? Math.Max(0, mine - Quotas(owned, free)[node]) : 0;

    /// <summary>Whether a node begins a scene that reaches it first: when none has fewer.</summary>
    public static bool Begins(string node, ImmutableSortedDictionary<string, int> owned) =>
        !owned.TryGetValue(node, out var mine) || mine <= owned.Values.Min();
}
