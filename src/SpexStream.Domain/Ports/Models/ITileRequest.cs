namespace SpexStream.Domain.Ports.Models;

/// <summary>
/// What is asked of a model about one tile, made by the scene's <see cref="Backends.ILearnedBackend"/> and understood
/// by the
/// batches of its model; opaque in between. Immutable, holds no pixels of the sensor, and may serve for several tiles
/// where it says nothing of one.
/// </summary>
public interface ITileRequest
{
    /// <summary>A measure of the work it makes; requests of like weight go best into one batch (tokens of a prompt).
    /// 0 where all weigh the same.</summary>
    int Weight => 0;
}
