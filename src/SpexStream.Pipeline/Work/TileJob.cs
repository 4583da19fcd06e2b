using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Work;

/// <summary>One stage of one tile, as a worker gets it.</summary>
internal abstract class TileJob : ITileJob
{
    /// <inheritdoc/>
    public DateTimeOffset Deadline { get; init; } = DateTimeOffset.MaxValue;

    /// <inheritdoc/>
    public int Priority { get; init; }

    /// <summary>What to tell of the tile should the process die on it; null when there is nothing to tell.</summary>
    public virtual FlightMark? Mark => null;

    /// <inheritdoc/>
    public virtual bool IsUnwanted => false;

    /// <summary>Name of the stage in metrics.</summary>
    public abstract string Stage { get; }

    /// <summary>Does the work on the worker's own thread and reports the outcome, failures of the strip
    /// included.</summary>
    public abstract void Run(WorkerScratch scratch);

    /// <summary>Reports that the work broke in a way that <see cref="Run"/> does not expect.</summary>
    public abstract void Fail(Exception fault);
}
