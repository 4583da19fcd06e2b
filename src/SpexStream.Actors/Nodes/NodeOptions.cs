using System.Collections.Immutable;

namespace SpexStream.Actors.Nodes;

/// <summary>How a node takes part in the cluster.</summary>
public sealed record NodeOptions
{
    /// <summary>Role of the nodes that hold scenes.</summary>
    public const string ScenesRole = "scenes";

    /// <summary>Name or address that the other nodes reach this one under.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port of the cluster; 0 takes a free one, for a node that is alone.</summary>
    public int Port { get; init; }

    /// <summary>"host:port" of nodes that a new one asks to be let in; two or more, the same everywhere. Empty: this
    /// node is alone.</summary>
    public ImmutableArray<string> Seeds { get; init; } = [];

    /// <summary>What this node does in the cluster.</summary>
    public ImmutableArray<string> Roles { get; init; } = [ScenesRole];

    /// <summary>Whether other nodes are expected.</summary>
    public bool IsAlone => Seeds.IsEmpty;
}
