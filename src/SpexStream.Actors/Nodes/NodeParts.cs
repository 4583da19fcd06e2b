using SpexStream.Actors.Devices;
using SpexStream.Actors.Scenes;
using SpexStream.Actors.Tiles;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Nodes;

/// <summary>What the actors of a node share with who looks at it from outside.</summary>
/// <param name="Works">What they drive.</param>
/// <param name="Tiles">Where scenes offer tiles.</param>
/// <param name="Scenes">The places of open scenes.</param>
/// <param name="Devices">Which devices are out.</param>
internal sealed record NodeParts(IPipelineWorks Works, OfferedTiles Tiles, SceneBoard Scenes, DeviceBoard Devices)
{
    /// <summary>The shards of scenes that live here.</summary>
    public ShardCount Shards { get; } = new();
}
