using System.Collections.Immutable;

namespace SpexStream.Domain.Messages;

/// <summary>State of one node; retained by the broker and refreshed.</summary>
/// <param name="Node">Id of the node, by the rule of topic levels.</param>
/// <param name="State">What it does.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="StartedAt">Start of the process, UTC; tells one life of a node from the next.</param>
/// <param name="Devices">Devices that it works with, in words; may be empty.</param>
/// <param name="Reason">Why it is in this state; null when nothing needs saying.</param>
public sealed record NodeStatus(
    string Node,
    NodeState State,
    string Version,
    DateTimeOffset StartedAt,
    ImmutableArray<string> Devices,
    string? Reason = null);
