using System.Text.Json.Nodes;
using SpexStream.Domain.Identity;

namespace SpexStream.Daemon.Commands.Retract;

/// <summary>A product that is to go.</summary>
/// <param name="Scene">Its scene.</param>
/// <param name="Revision">The revision that stands; null where nobody has looked.</param>
/// <param name="SensedTo">When the scene was sensed last; null where nobody has looked.</param>
internal sealed record RetractTarget(SceneId Scene, int? Revision, DateTimeOffset? SensedTo)
{
    /// <summary>The arguments of the command. With the revision, so that one made since is left alone.</summary>
    public string Arguments(string reason)
    {
        var arguments = new JsonObject { ["scene"] = Scene.Value, ["reason"] = reason };
        if (Revision is { } revision)
        {
            arguments["revision"] = revision;
        }

        return arguments.ToJsonString();
    }
}
