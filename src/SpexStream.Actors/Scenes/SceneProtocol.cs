using Akka.Actor;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Actors.Scenes;

/// <summary>What goes to the entity of a scene, on whichever node it lives.</summary>
internal interface ISceneMail
{
    /// <summary>The scene that it is for.</summary>
    SceneId Scene { get; }
}

/// <summary>A question that is answered by a <see cref="SceneAnswer"/>. May come twice; then it is answered once, or
/// twice the same.</summary>
internal abstract record SceneAsk(RequestId Id) : ISceneMail
{
    public abstract SceneId Scene { get; }
}

/// <summary>A strip for its scene; answered when what follows is written down.</summary>
internal sealed record StripDelivered(RequestId Id, StripDelivery Delivery) : SceneAsk(Id)
{
    public override SceneId Scene => Delivery.Scene.Id;
}

/// <summary>The scene's pass is over; answered when the scene has read it, or is not open.</summary>
internal sealed record EndPass(RequestId Id, PassEnd End) : SceneAsk(Id)
{
    public override SceneId Scene => End.Scene;
}

/// <summary>A person's order; answered when what follows is written down.</summary>
internal sealed record OrderScene(RequestId Id, SceneId Of, SceneOrder What) : SceneAsk(Id)
{
    public override SceneId Scene => Of;
}

/// <summary>A scene that the journal calls open shall be at work; answered when it is, waits for
/// a place, or is not open.</summary>
internal sealed record RecallScene(RequestId Id, SceneId Of) : SceneAsk(Id)
{
    public override SceneId Scene => Of;
}

/// <summary>Nobody waits for an answer any more.</summary>
internal sealed record WithdrawAsk(RequestId Id, SceneId Scene) : ISceneMail;

/// <summary>A scene that the journal calls open shall be at work; nothing happens when it is, and no answer is
/// given.</summary>
internal sealed record WakeScene(SceneId Scene) : ISceneMail;

/// <summary>The answer to a <see cref="SceneAsk"/>.</summary>
internal abstract record SceneAnswer(RequestId Id);

/// <summary>What became of a strip.</summary>
internal sealed record StripDecided(RequestId Id, DeliveryOutcome Outcome) : SceneAnswer(Id);

/// <summary>The end of the pass was taken notice of.</summary>
internal sealed record PassNoted(RequestId Id) : SceneAnswer(Id);

/// <summary>What became of an order.</summary>
internal sealed record OrderDecided(RequestId Id, SceneOrderOutcome Outcome) : SceneAnswer(Id);

/// <summary>The scene stands as the journal knows it.</summary>
internal sealed record SceneRecalled(RequestId Id) : SceneAnswer(Id);

/// <summary>The scene broke on the question, or before it came to it.</summary>
/// <param name="Id">The question.</param>
/// <param name="Fault">Type of the fault.</param>
/// <param name="Sentence">What happened, for people.</param>
internal sealed record SceneBroke(RequestId Id, string Fault, string Sentence) : SceneAnswer(Id)
{
    /// <summary>Whether the journal failed, and not the scene: whether the question was carried out is not known, and
    /// it must be asked again.</summary>
    public bool IsOfJournal { get; init; }

    /// <summary>Whether the journal is well but for this scene: asked again at once, it would break again.</summary>
    public bool IsUnreadable =>
        IsOfJournal && (Fault is nameof(JournalDamagedException) or nameof(JournalNewerException));
}

/// <summary>The entity leaves its node before it came to the question: it shall be sent again.</summary>
internal sealed record AskAgain(RequestId Id) : SceneAnswer(Id);

/// <summary>The entity shall leave: its shard moves, or it said itself that it has nothing to do.</summary>
internal sealed class StopScene : INoSerializationVerificationNeeded
{
    public static StopScene Instance { get; } = new();
}
