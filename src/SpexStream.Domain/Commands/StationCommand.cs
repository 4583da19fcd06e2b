using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Commands;

/// <summary>What an operator asks of a running station.</summary>
public abstract record StationCommand
{
    private StationCommand()
    {
    }

    /// <summary>Take every strip that is described in a folder as if it were announced again.</summary>
    /// <param name="Folder">Absolute path; below an allowed folder.</param>
    public sealed record Replay(string Folder) : StationCommand;

    /// <summary>Do something with one scene: reprocess, retract, release, abandon.</summary>
    public sealed record OfScene(SceneId Scene, SceneOrder Order) : StationCommand;

    /// <summary>Something that each node does for itself.</summary>
    /// <param name="Node">The one node that is meant; null for every one.</param>
    public abstract record OfNodes(string? Node) : StationCommand;

    /// <summary>Take nothing new, finish, and leave as after SIGTERM.</summary>
    public sealed record Drain(string? Node = null) : OfNodes(Node);

    /// <summary>Take nothing new until <see cref="Unpause"/>; open scenes go on.</summary>
    public sealed record Pause(string? Node = null) : OfNodes(Node);

    /// <summary>Take strips again.</summary>
    public sealed record Unpause(string? Node = null) : OfNodes(Node);
}
