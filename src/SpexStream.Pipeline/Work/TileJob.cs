using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Work;

/// <summary>One stage of one tile, as a worker gets it.</summary>
internal abstract class TileJob
{
    /// <summary>When the scene's answer is due; the earliest is handed out first. None: after all that have
    /// one.</summary>
    public DateTimeOffset Deadline { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>0 (least) to 9 (most urgent); decides among equal deadlines.</summary>
    public int Priority { get; init; }

    /// <summary>What to tell of the tile should the process die on it; null when there is nothing to tell.</summary>
    public virtual FlightMark? Mark => null;

    /// <summary>Whether nobody waits for the answer any more; once true it stays so.</summary>
    public virtual bool IsUnwanted => false;

    /// <summary>Name of the stage in metrics.</summary>
    public abstract string Stage { get; }

    /// <summary>Does the work on the worker's own thread and reports the outcome, failures of the strip
    /// included.</summary>
    public abstract void Run(WorkerScratch scratch);

    /// <summary>Reports that the work broke in a way that <see cref="Run"/> does not expect.</summary>
    public abstract void Fail(Exception fault);
}
