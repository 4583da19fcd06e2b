using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using SpexStream.Actors.Nodes;
using SpexStream.Domain.Identity;

namespace SpexStream.Actors.Scenes;

/// <summary>How scenes are spread over the nodes.</summary>
internal static class SceneShards
{
    public const string TypeName = "scene";

    /// <summary>No entities are remembered, for the journal knows which scenes are open, and a scene that waits for its
    /// strips is not idle.</summary>
    public static ShardOptions Options => new()
    {
        Role = NodeOptions.ScenesRole,
        StateStoreMode = StateStoreMode.DData,
        RememberEntities = false,
        ShouldPassivateIdleEntities = false,
        HandOffStopMessage = StopScene.Instance,
    };

    /// <summary>The entity of a scene.</summary>
    public static Props Entity(string id, SceneActorTools tools) => SceneActor.Props(SceneId.Parse(id), tools);
}
