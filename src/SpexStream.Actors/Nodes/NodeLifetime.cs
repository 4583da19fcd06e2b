using Microsoft.Extensions.Hosting;

namespace SpexStream.Actors.Nodes;

/// <summary>What Akka.Hosting asks a host for. The life of the program is not the node's affair: whoever runs the node
/// watches its end (<see cref="ActorNode.Ended"/>) and decides.</summary>
internal sealed class NodeLifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication()
    {
    }
}
