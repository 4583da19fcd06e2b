using SpexStream.Actors.Nodes;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Actors;

/// <summary>Bounds of the Akka.NET runtime, and its node.</summary>
public sealed record AkkaRuntimeOptions
{
    /// <summary>The node.</summary>
    public NodeOptions Node { get; init; } = new();

    /// <summary>Scenes that may be open on this node at once; the strips of a further one wait.</summary>
    public int MaxOpenScenes { get; init; } = 32;

    /// <summary>Questions to scenes that this node may have open at once; further ones wait.</summary>
    public int MaxAsks { get; init; } = 1024;

    /// <summary>How long an answer is waited for before a question is sent again: its scene may have moved, or its node
    /// be gone.</summary>
    public TimeSpan AskPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often it is looked for open scenes that sleep.</summary>
    public TimeSpan WakeEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a device is out of service that failed again and again.</summary>
    public TimeSpan DeviceRest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits until a scene may be opened and gives the right to write it; null to take a new epoch from the
    /// journal.</summary>
    public Func<SceneId, CancellationToken, ValueTask<ISceneWriter?>> WriterOf { get; init; } = (_, _) => new();

    /// <summary>Whether the first of the seeds may found a cluster, when no other seed answers it: not when there is
    /// one already, which it cannot reach.</summary>
    public Func<CancellationToken, ValueTask<bool>> MayFound { get; init; } = _ => new(true);

    /// <summary>Configuration that goes before that of the files; for tests.</summary>
    internal string Hocon { get; init; } = "";

    /// <summary>Told, once, when the node ended without being asked to: it was thrown out of the cluster.</summary>
    public Action<string> OnEnded { get; init; } = _ => { };
}
