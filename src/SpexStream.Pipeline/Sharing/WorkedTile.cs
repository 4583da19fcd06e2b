using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Scenes;

namespace SpexStream.Pipeline.Sharing;

/// <summary>Another node's reply about a tile.</summary>
/// <param name="Number">The tile's work.</param>
/// <param name="Answer">The answer; null where the owner has to find it itself.</param>
/// <param name="NeededNoModel">Whether there was nothing to ask a model about.</param>
/// <param name="Taken">Set when the scene has taken it in, and no other before: what is away stays bounded.</param>
internal sealed record WorkedTile(
    UInt128 Number, TileAnswer? Answer, bool NeededNoModel, TaskCompletionSource Taken) : ISceneMessage;
