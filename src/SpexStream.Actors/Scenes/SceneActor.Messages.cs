using Akka.Actor;
using Akka.Event;

namespace SpexStream.Actors.Scenes;

/// <summary>What the entity of a scene tells itself.</summary>
internal sealed partial class SceneActor
{
    private sealed record OpeningDone(OpenedScene? Scene) : INoSerializationVerificationNeeded;

    private sealed record OpeningBroke(Exception Fault) : INoSerializationVerificationNeeded;

    private sealed record Admitted(RequestId Id, IDisposable Turn) : INoSerializationVerificationNeeded;

    private sealed record AdmissionBroke(RequestId Id, Exception Fault) : INoSerializationVerificationNeeded;

    private sealed record Answered(RequestId Id, SceneAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed record AnswerBroke(RequestId Id, Exception Fault) : INoSerializationVerificationNeeded;

    private sealed record HandlingBroke(Exception Fault) : INoSerializationVerificationNeeded;

    private sealed record EndingDone(Exception? Fault) : INoSerializationVerificationNeeded;

    private sealed class HandlingDone : INoSerializationVerificationNeeded
    {
        public static HandlingDone Instance { get; } = new();
    }

    private sealed class Rested : INoSerializationVerificationNeeded, IDeadLetterSuppression
    {
        public static Rested Instance { get; } = new();
    }
}
