using Akka.Cluster.Sharding;

namespace SpexStream.Actors.Scenes;

/// <summary>Finds the entity of a message: one for every scene id.</summary>
internal sealed class SceneMessageExtractor() : HashCodeMessageExtractor(Shards)
{
    /// <summary>The same on every node of every release: a shard is where the hash of a scene's id says. Ten for each
    /// of five nodes, so that a node that joins can be given its share.</summary>
    public const int Shards = 50;

    public override string? EntityId(object message) => (message as ISceneMail)?.Scene.Value;
}
