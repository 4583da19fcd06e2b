using Akka.Actor;

namespace SpexStream.Actors.Nodes;

/// <summary>A node ends, for a part of it broke that cannot be made anew while the rest goes on.</summary>
internal sealed class NodeBroke(Exception fault) : CoordinatedShutdown.Reason
{
    /// <inheritdoc/>
    public override int ExitCode => 1;

    /// <summary>What broke it.</summary>
    public Exception Fault => fault;
}
