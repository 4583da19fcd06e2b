using System.Collections.Immutable;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Scenes;

/// <summary>Decides on orders. An order that finds everything as it wants it is done and changes nothing, so that a
/// repeat does no harm.</summary>
public static class SceneOrders
{
    /// <summary>What a journal says of products that were made again because somebody asked.</summary>
    public const string Asked = "A command asked for it.";

    /// <summary>Decides what follows from an order.</summary>
    /// <param name="state">The scene.</param>
    /// <param name="order">What is asked.</param>
    /// <param name="hasProduct">Whether a product stands.</param>
    /// <param name="strip">The newest content of the strip that the order names, as it was announced; null
    /// without.</param>
    /// <param name="goneStrips">Strips in use whose files are not there any more, ascending.</param>
    /// <param name="now">The time.</param>
    public static SceneOrderDecision Decide(
        SceneState state, SceneOrder order, bool hasProduct, StripEntry? strip, ImmutableArray<int> goneStrips,
        DateTimeOffset now) => order switch
        {
            SceneOrder.Release release => Release(state, release.StripIndex, strip, now),
            SceneOrder.Abandon abandon => Abandon(state, abandon, hasProduct),
            _ when !IsOver(state) =>
                Nothing(state, "busy", "The scene is being worked on; ask again when it is closed."),
            SceneOrder.Reprocess reprocess => Reprocess(state, reprocess, goneStrips, now),
            SceneOrder.Retract retract => Retract(state, retract, hasProduct),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, null),
        };

    /// <summary>What a journal says of products that are made again because a model was too slow the first
    /// time.</summary>
    public const string Refined = "Tiles that rules answered to keep the deadline are asked of the model.";

    /// <summary>Opens a closed scene again, so that what stands in for better answers gives way to them.</summary>
    public static SceneStep Refine(SceneState state, DateTimeOffset now) => state.Phase != ScenePhase.Closed
        ? SceneStep.Of(state)
        : SceneLife.Reopen(state with { Taken = [], Classified = [] }, now, Refined);

    /// <summary>The answer to an order to withdraw a product whose name the disk will not let go: nothing has
    /// changed.</summary>
    /// <param name="revision">Revision of the product.</param>
    /// <param name="why">What the disk said.</param>
    public static SceneOrderOutcome CannotWithdraw(int revision, string why) => new(
        false, "cannot-withdraw",
        $"Revision {revision} stands, for its name cannot be taken away: {why.TrimEnd('.')}; check the output folder.",
        revision);

    private static SceneOrderDecision Reprocess(
        SceneState state, SceneOrder.Reprocess order, ImmutableArray<int> goneStrips, DateTimeOffset now)
    {
        if (IsOther(state, order.Revision) is { } other)
        {
            return other;
        }

        if (!goneStrips.IsEmpty)
        {
            // Made without them, the new revision would know less than the one that it takes the place of.
            return Nothing(
                state, "strips-gone",
                $"The files of strip {string.Join(", ", goneStrips)} are not there any more; announce them again first.");
        }

        var next = state.NextRevision;
        var step = SceneLife.Reopen(state with { Taken = [], Classified = [] }, now, Asked);
        return new(new(true, "reprocessing", $"The products are made again, as revision {next}.", next), step, []);
    }

    private static SceneOrderDecision Retract(SceneState state, SceneOrder.Retract order, bool hasProduct)
    {
        if (IsOther(state, order.Revision) is { } other)
        {
            return other;
        }

        if (!hasProduct)
        {
            return state.PublishedRevision > 0
                ? new(
                    new(true, "retracted", "The product was withdrawn before.", state.PublishedRevision),
                    SceneStep.Of(state), [])
                : Nothing(state, "no-product", "The scene has no product to withdraw.");
        }

        return new(
            new(true, "retracted", $"Revision {state.PublishedRevision} is withdrawn.", state.PublishedRevision),
            SceneStep.Of(state with { Phase = ScenePhase.Closed }),
            [new SceneFact.SceneRetracted(state.PublishedRevision, order.Reason ?? Asked)]);
    }

    private static SceneOrderDecision Release(SceneState state, int index, StripEntry? strip, DateTimeOffset now)
    {
        if (strip is null || !state.StripRevisions.TryGetValue(index, out var revision))
        {
            return Nothing(state, "unknown-strip", $"The scene has no strip {index}; announce it.");
        }

        if (!state.Quarantined.Contains(index))
        {
            return new(
                new(true, "not-quarantined", $"Strip {index} is not in quarantine; nothing is to be done."),
                SceneStep.Of(state), []);
        }

        var free = state with { Quarantined = state.Quarantined.Remove(index) };
        var step = state.Phase switch
        {
            ScenePhase.Gathering => SceneLife.Gather(free, strip, null, now),
            ScenePhase.Closed or ScenePhase.Failed =>
                SceneLife.Reopen(free with { Later = free.Later.Add(strip) }, now, Asked),
            _ => SceneStep.Of(free with { Later = free.Later.Add(strip) }),
        };
        return new(
            new(true, "released", $"Strip {index} is worked on again.", state.NextRevision), step,
            [new SceneFact.StripReleased(new(index, revision))]);
    }

    private static SceneOrderDecision Abandon(SceneState state, SceneOrder.Abandon order, bool hasProduct)
    {
        if (state.Phase != ScenePhase.Failed)
        {
            return Nothing(
                state, "not-failed",
                IsOver(state) ? "The scene has not failed; use retract to withdraw its product."
                    : "The scene has not failed, it is being worked on; it ends at the gather timeout at the latest.");
        }

        int? stands = hasProduct ? state.PublishedRevision : null;
        return new(
            new(
                true, "abandoned",
                stands is null ? "The scene is given up; what it holds may be deleted."
                    : $"The scene is given up; revision {stands} stands.",
                stands),
            SceneStep.Of(state with { Phase = ScenePhase.Closed }),
            [new SceneFact.SceneAbandoned(stands ?? 0, order.Reason ?? Asked)]);
    }

    private static bool IsOver(SceneState state) => state.Phase is ScenePhase.Closed or ScenePhase.Failed;

    private static SceneOrderDecision? IsOther(SceneState state, int? revision) =>
        revision is null || revision == state.PublishedRevision ? null
        : Nothing(state, "other-revision", $"Revision {state.PublishedRevision} is the newest, not {revision}.");

    private static SceneOrderDecision Nothing(SceneState state, string reason, string sentence) =>
        new(new(false, reason, sentence, state.PublishedRevision > 0 ? state.PublishedRevision : null),
            SceneStep.Of(state), []);
}
