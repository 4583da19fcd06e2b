using System.Collections.Immutable;
using System.Globalization;

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

    /// <summary>Whether no other nodes are expected.</summary>
    public bool IsAlone => Seeds.IsEmpty;

    /// <summary>Whether this node founds a cluster where no other seed answers.</summary>
    public bool Founds => Seeds.Length > 1 && Seeds[0] == Name;

    /// <summary>The same node, which waits for others and founds none.</summary>
    public NodeOptions Joining => this with { Seeds = Seeds.Remove(Name) };

    private string Name => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
