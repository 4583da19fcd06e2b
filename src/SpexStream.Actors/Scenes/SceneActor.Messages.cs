using Akka.Actor;
using Akka.Event;

namespace SpexStream.Actors.Scenes;

/// <summary>What the entity of a scene tells itself.</summary>
internal sealed partial class SceneActor
{
    /// <summary>What came of something that the actor began; of no use to a later life of it.</summary>
    /// <param name="Life">The life that began it.</param>
    private abstract record Own(object Life) : INoSerializationVerificationNeeded;

    private sealed record OpeningDone(object Life, OpenedScene? Scene) : Own(Life);

    private sealed record OpeningBroke(object Life, Exception Fault) : Own(Life);

    private sealed record Admitted(object Life, RequestId Id, IDisposable Turn) : Own(Life);

    private sealed record AdmissionBroke(object Life, RequestId Id, Exception Fault) : Own(Life);

    private sealed record Answered(object Life, RequestId Id, SceneAnswer Answer) : Own(Life);

    private sealed record AnswerBroke(object Life, RequestId Id, Exception Fault) : Own(Life);

    private sealed record HandlingBroke(object Life, Exception Fault) : Own(Life);

    private sealed record EndingDone(object Life, Exception? Fault, bool IsUntold = false) : Own(Life);

    private sealed record HandlingDone(object Life) : Own(Life);

    private sealed record WaitsForPlace(object Life) : Own(Life);

    private sealed class Rested : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Rested Instance { get; } = new();
    }
}
