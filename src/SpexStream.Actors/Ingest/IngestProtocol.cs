using Akka.Actor;
using SpexStream.Actors.Scenes;

namespace SpexStream.Actors.Ingest;

/// <summary>A question for a scene, and where its answer is waited for.</summary>
/// <param name="Ask">The question.</param>
/// <param name="Answer">Its continuations run elsewhere than the actor.</param>
internal sealed record AskScene(SceneAsk Ask, TaskCompletionSource<SceneAnswer> Answer)
    : INoSerializationVerificationNeeded;

/// <summary>Nobody waits for the answer any more.</summary>
internal sealed record GiveUpAsk(WithdrawAsk Withdraw) : INoSerializationVerificationNeeded;
