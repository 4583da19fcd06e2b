using Akka.Actor;

namespace SpexStream.Actors.Nodes;

/// <summary>Why a node ended that nobody asked to, in words.</summary>
internal static class NodeEnd
{
    /// <summary>One sentence for people.</summary>
    /// <param name="reason">What the actor system says; null when it ended without a coordinated shutdown.</param>
    /// <param name="node">The node.</param>
    public static string Words(CoordinatedShutdown.Reason? reason, NodeOptions node) => reason switch
    {
        NodeBroke broke => $"a part of this node broke and cannot go on: {broke.Fault.Message}",
        CoordinatedShutdown.ClusterJoinUnsuccessfulReason =>
            $"no node of the cluster let this one in; it asked {string.Join(", ", node.Seeds)}",
        CoordinatedShutdown.ClusterLeavingReason => "this node was told to leave the cluster",
        CoordinatedShutdown.ClusterDowningReason => "this node was thrown out of the cluster",
        _ => "the actor system of this node ended by itself",
    };
}
