using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>By what right, and how long, a process works on a scene.</summary>
/// <param name="Ended">Requested when the right is over, as when another node has the scene: nothing is waited for any
/// more, nothing said to listeners, and what the journal would still be told it refuses by the epoch.</param>
/// <param name="Writer">Writes the scene's facts under the epoch that came with the right; null to take a new epoch
/// from the journal.</param>
public sealed record SceneTenure(CancellationToken Ended, ISceneWriter? Writer = null)
{
    /// <summary>Requested when another node may have the right: between <see cref="Ended"/> and this, what was begun may
    /// be brought to its end, as long as that needs no more than a moment. Never requested before
    /// <see cref="Ended"/>.</summary>
    public CancellationToken Lost { get; init; } = Ended;

    /// <summary>Of a process that shares its scenes with no other.</summary>
    public static SceneTenure Unlimited { get; } = new(CancellationToken.None);
}
