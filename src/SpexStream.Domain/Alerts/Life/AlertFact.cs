using System.Text.Json.Serialization;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Life;

/// <summary>
/// Something that happened to a rule in an area and cannot be taken back. The facts, in order, are all that is needed
/// to go on after a crash (<see cref="AlertState.Apply"/>).
/// </summary>
[JsonDerivedType(typeof(PassTaken), "pass-taken")]
[JsonDerivedType(typeof(PassWithdrawn), "pass-withdrawn")]
[JsonDerivedType(typeof(AlertChanged), "alert-changed")]
public abstract record AlertFact
{
    private AlertFact()
    {
    }

    /// <summary>A clear pass was judged; one with a revision above 1 takes the place of the scene's earlier
    /// one.</summary>
    public sealed record PassTaken(KeptPass Pass) : AlertFact;

    /// <summary>A pass counts no more.</summary>
    /// <param name="Scene">The scene.</param>
    /// <param name="Revision">That revision and lower ones.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record PassWithdrawn(SceneId Scene, int Revision, string Reason) : AlertFact;

    /// <summary>An alert changed; what is to be told of it goes into the outbox with this fact.</summary>
    /// <param name="Transition">How.</param>
    /// <param name="Standing">Where it stands now, or stood when it ended.</param>
    /// <param name="QuietUntil">When it ended: sensing time before which no new one is raised.</param>
    /// <param name="Reason">Why, for people; null where the numbers say it.</param>
    public sealed record AlertChanged(
        AlertTransition Transition, AlertStanding Standing, DateTimeOffset? QuietUntil = null, string? Reason = null)
        : AlertFact;
}
