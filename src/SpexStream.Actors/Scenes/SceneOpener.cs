using Akka.Actor;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Scenes;

/// <summary>What a scene is opened for; the higher, the more scenes it opens.</summary>
internal enum OpeningReason
{
    /// <summary>It shall go on if it is open.</summary>
    GoesOn,

    /// <summary>It shall carry an order out, if anybody knows it.</summary>
    IsKnown,

    /// <summary>A strip has come.</summary>
    HasStrip,
}

/// <summary>Opens scenes on this node, each when it has a place.</summary>
internal sealed class SceneOpener(
    IPipelineWorks works, SceneBoard board, Func<SceneId, CancellationToken, ValueTask<ISceneWriter?>> writerOf)
{
    /// <summary>Brings a scene to where the journal says that it stands; null when there is nothing to open.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="reason">What for.</param>
    /// <param name="actor">Reads its mailbox.</param>
    /// <param name="onWait">Told when there is no place for it yet.</param>
    /// <param name="stop">Gives up as long as it waits for its place.</param>
    /// <param name="leaving">Gives up whatever it waits for.</param>
    public async Task<OpenedScene?> OpenAsync(
        SceneId scene, OpeningReason reason, IActorRef actor, Action onWait, CancellationToken stop,
        CancellationToken leaving)
    {
        // To take a scene up makes this node its writer: that is not done for one that nobody brings and nobody knows.
        if (reason != OpeningReason.HasStrip && !await IsThereAsync(scene, reason, stop))
        {
            return null;
        }

        // A strip's scene asks on the caller's thread, so in the order of the callers; the others ask the journal
        // before, for whoever asks of a scene that is not there shall not wait for a place.
        var entering = board.EnterAsync(scene, stop);
        if (!entering.IsCompleted)
        {
            onWait();
        }

        var place = await entering.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var over = new CancellationTokenSource();
        // A journal that does not answer is asked for ever.
        await using var left = leaving.Register(over.Cancel);
        OpenedScene? opened = null;
        try
        {
            var writer = await writerOf(scene, stop);
            var mailbox = new ActorMailbox(actor, works.MailboxCapacity);
            var entity = works.NewScene(scene, mailbox, new SceneTenure(over.Token, writer));
            opened = new OpenedScene(entity, mailbox, place, over);
            place.Seat(entity, mailbox);
            await entity.RecallAsync();
            return opened;
        }
        catch (Exception fault)
        {
            // Told as what happens later to a scene is told; whoever asked hears of it as well.
            if (opened is null)
            {
                place.Dispose();
            }
            else
            {
                await opened.BreakAsync(fault);
            }

            throw;
        }
    }

    private async Task<bool> IsThereAsync(SceneId scene, OpeningReason reason, CancellationToken stop) =>
        await JournalPatience.AskAsync(() => works.Journal.FindAsync(scene, stop), works.Time, stop)
            is { LastSequence: > 0 } known
        && (reason == OpeningReason.IsKnown || known.Standing == SceneStanding.Open);
}
