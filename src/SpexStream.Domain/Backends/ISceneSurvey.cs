using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Backends;

/// <summary>Exact integer statistics of one pass over a scene. Not thread-safe: one per worker, merged
/// afterwards.</summary>
public interface ISceneSurvey
{
    /// <summary>Adds the core of one tile; each tile of the scene exactly once.</summary>
    void Add(PixelPlanes pixels);

    /// <summary>Adds what another survey of the same pass counted. The order of merging does not matter.</summary>
    void Merge(ISceneSurvey other);
}
