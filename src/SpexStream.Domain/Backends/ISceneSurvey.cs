using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Backends;

/// <summary>Exact integer statistics of one pass over a scene. Not thread-safe: one per worker, merged
/// afterwards.</summary>
public interface ISceneSurvey
{
    /// <summary>Adds the core of one tile; each tile of the scene exactly once.</summary>
    void Add(PixelPlanes pixels);

    /// <summary>
    /// All that was counted, in arrays that stay the survey's: always as many, and as long, for the same pass of a
    /// scene. Written into an empty survey that was made with the same findings, they make it equal to this one.
    /// </summary>
    IReadOnlyList<Memory<long>> Counts { get; }

    /// <summary>Adds what another survey of the same pass counted. The order of merging does not matter.</summary>
    void Merge(ISceneSurvey other);
}
