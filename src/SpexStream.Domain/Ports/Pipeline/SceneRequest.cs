using SpexStream.Domain.Announcements;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>What somebody outside asks of a scene. Whoever asked is answered in every case; null says that the scene
/// is over and has to be opened anew.</summary>
public abstract record SceneRequest : ISceneMessage
{
    private SceneRequest()
    {
    }

    /// <summary>Answers whoever asked, when the scene reads no more of its mailbox.</summary>
    /// <param name="fault">What the scene ended with; null when it is simply over.</param>
    public abstract void GiveBack(Exception? fault);

    /// <summary>A strip; the outcome is set when the scene has decided and what follows is written down.</summary>
    /// <param name="Delivery">The strip.</param>
    /// <param name="Outcome">Its continuations run elsewhere than the scene.</param>
    public sealed record Deliver(StripDelivery Delivery, TaskCompletionSource<DeliveryOutcome?> Outcome) : SceneRequest
    {
        /// <inheritdoc/>
        public override void GiveBack(Exception? fault) => Answer(Outcome, fault);
    }

    /// <summary>The pass is over; who said so is told when it was read, so that no more are in the mailbox than wait.
    /// </summary>
    /// <param name="End">What is said of the pass.</param>
    /// <param name="Read">Set when it was read; its continuations run elsewhere than the scene.</param>
    public sealed record EndPass(PassEnd End, TaskCompletionSource Read) : SceneRequest
    {
        /// <inheritdoc/>
        public override void GiveBack(Exception? fault) => Read.TrySetResult();
    }

    /// <summary>A person asks for something; the outcome is set when what follows is written down.</summary>
    /// <param name="What">What is asked.</param>
    /// <param name="Outcome">Its continuations run elsewhere than the scene.</param>
    public sealed record Order(SceneOrder What, TaskCompletionSource<SceneOrderOutcome?> Outcome) : SceneRequest
    {
        /// <inheritdoc/>
        public override void GiveBack(Exception? fault) => Answer(Outcome, fault);
    }

    private static void Answer<T>(TaskCompletionSource<T?> outcome, Exception? fault)
        where T : class
    {
        if (fault is null)
        {
            outcome.TrySetResult(null);
        }
        else
        {
            outcome.TrySetException(fault);
        }
    }
}
