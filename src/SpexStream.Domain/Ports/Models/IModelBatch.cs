using System.Collections.Immutable;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Ports.Models;

/// <summary>
/// Some tiles on their way through a model, in buffers that stay the same from batch to batch. It goes round: tiles are
/// added, the session infers, the answers are taken, it is cleared. At every moment one thread has it; handing it from
/// thread to thread needs a queue or a lock. Nothing is allocated while it goes round.
/// </summary>
public interface IModelBatch : IDisposable
{
    /// <summary>Most tiles.</summary>
    int Capacity { get; }

    /// <summary>Tiles that were added.</summary>
    int Count { get; }

    /// <summary>
    /// Converts the pixels of a tile into the next slot; the planes are not kept and stay the caller's. The first
    /// tile has
    /// slot 0. Not after <see cref="IModelSession.Infer"/>, before <see cref="Clear"/>.
    /// </summary>
    /// <param name="pixels">A tile with a halo of at least the model's reach.</param>
    /// <param name="request">What the scene's backend asks about this tile.</param>
    /// <returns>The slot.</returns>
    /// <exception cref="ArgumentException">The tile is larger than the session was opened for, its halo too small, or
    /// the
    /// request another model's.</exception>
    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    int Add(PixelPlanes pixels, ITileRequest request);

    /// <summary>
    /// Fills <paramref name="evidence"/> for the core of the tile in a slot, after inference; calls
    /// <see cref="TileEvidence.Begin"/> itself. A slot can be read several times.
    /// </summary>
    /// <returns>What the model said about the tile, at most once for each class; empty for one that does not
    /// speak.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No tile has this slot.</exception>
    /// <exception cref="InvalidOperationException">The batch was not inferred.</exception>
    ImmutableArray<ModelText> Answer(int slot, TileEvidence evidence);

    /// <summary>Takes all tiles out.</summary>
    void Clear();
}
