using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Domain.Backends;

/// <summary>
/// A backend whose answers come from a model on a device. <see cref="ITileBackend.Classify"/> does it in one go, tile
/// by
/// tile, on a session that it keeps for each thread. A runtime with devices does it in three steps instead:
/// <see cref="Ask"/> on a reading thread; <see cref="IModelBatch.Add"/> with what that gave; and after the inference
/// <see cref="IModelBatch.Answer"/>. Both give the same evidence.
/// </summary>
public interface ILearnedBackend : ITileBackend
{
    /// <summary>The model. It outlives the scene and is not the backend's to dispose.</summary>
    ITileModel Model { get; }

    /// <summary>
    /// The rules that answer where the model cannot be waited for, on the same scene with its
    /// <see cref="ITileBackend.InitialFindings"/>; their reach is within this backend's. Null where the bands do not
    /// suffice
    /// for them.
    /// </summary>
    ITileBackend? Fallback { get; }

    /// <summary>What <see cref="Fallback"/> goes by where this backend goes by some findings; null without
    /// rules.</summary>
    ISceneFindings? RuleFindings(ISceneFindings findings) => Fallback?.InitialFindings;

    /// <summary>Whether its answers come with words (<see cref="IModelBatch.Answer"/>).</summary>
    bool Speaks => false;

    /// <summary>
    /// Prepares what is asked about a tile. Null where the model need not be asked (nothing was measured, or the priors
    /// find nothing to ask about): then <paramref name="evidence"/> holds the whole answer, else it is undefined. May
    /// run on
    /// several threads at once, on planes of their own.
    /// </summary>
    ITileRequest? Ask(PixelPlanes pixels, ISceneFindings findings, TileEvidence evidence);
}
