using System.Collections.Immutable;
using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Messaging.Commands;

/// <summary>What commands act upon.</summary>
/// <param name="Runtime">The scenes.</param>
/// <param name="Control">The switch.</param>
/// <param name="Replay">Takes the strips of a folder.</param>
public sealed record CommandTarget(
    IPipelineRuntime Runtime, IStationControl Control, Func<string, CancellationToken, Task<CommandAnswer>> Replay)
{
    /// <summary>Orders something of a scene, or leaves that to the node that has it and answers it (null then); null
    /// where this node has every scene.</summary>
    public Func<InboxItem.Order, CancellationToken, ValueTask<SceneOrderOutcome?>>? OrderOrPassOn { get; init; }

    /// <summary>The nodes that are there, for <see cref="StrayCommands"/>; null where that cannot be told.</summary>
    public Func<CancellationToken, ValueTask<ImmutableArray<string>?>> Nodes { get; init; } = _ => default;
}
