using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Messaging.Commands;

/// <summary>What commands act upon.</summary>
/// <param name="Runtime">The scenes.</param>
/// <param name="Control">The switch.</param>
/// <param name="Replay">Takes the strips of a folder.</param>
public sealed record CommandTarget(
    IPipelineRuntime Runtime, IStationControl Control, Func<string, CancellationToken, Task<CommandAnswer>> Replay);
