namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>One stage of one tile on its way to a device. Stays in its process. Run by the bench of a device
/// (<see cref="IDeviceBench"/>), once for each time that it was handed out.</summary>
public interface ITileJob
{
    /// <summary>When the scene's answer is due; the earliest is handed out first.
    /// <see cref="DateTimeOffset.MaxValue"/>: after all that have one.</summary>
    DateTimeOffset Deadline { get; }

    /// <summary>0 (least) to 9 (most urgent); decides among equal deadlines.</summary>
    int Priority { get; }

    /// <summary>Whether nobody waits for the answer any more; once true it stays so.</summary>
    bool IsUnwanted { get; }

    /// <summary>Reports to its scene that the work broke; on any thread.</summary>
    void Fail(Exception fault);
}
