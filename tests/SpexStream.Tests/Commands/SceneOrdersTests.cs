using SpexStream.Domain.Announcements;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Commands;

/// <summary>What follows from an order, in every phase of a scene.</summary>
public sealed class SceneOrdersTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly StripEntry Strip = new(1, 100, 100, "b");

    private static readonly SceneState Closed = new(
        new SceneLayout(64, 200, 2, 64, 8, 0, TimeSpan.FromMinutes(30), false))
    {
        Phase = ScenePhase.Closed,
        PublishedRevision = 1,
        FirstArrival = Now,
        WaitsUntil = Now,
        Strips = System.Collections.Immutable.ImmutableSortedDictionary<int, StripEntry>.Empty
            .Add(0, new(0, 0, 100, "a")).Add(1, Strip),
        StripRevisions = System.Collections.Immutable.ImmutableDictionary<int, int>.Empty.Add(0, 1).Add(1, 3),
    };

    [Fact]
    public void A_reprocessed_scene_runs_all_its_tiles_again_for_the_next_revision()
    {
        var decision = Decide(Closed, new SceneOrder.Reprocess());
        Assert.Equal(
            (true, "reprocessing", 2), (decision.Outcome.IsDone, decision.Outcome.Reason, decision.Outcome.Revision));
        var reopen = Assert.Single(decision.Step.Effects.OfType<SceneEffect.Reopen>());
        Assert.Equal((2, SceneOrders.Asked), (reopen.Revision, reopen.Reason));
        // No strip is on its way that it would have to wait for.
        Assert.False(decision.Step.State.WaitsOut);
        Assert.Equal(
            decision.Step.State.Grid.Count,
                decision.Step.Effects.OfType<SceneEffect.RunTiles>().Sum(run => run.Tiles.Length));
    }

    [Fact]
    public void An_order_that_names_another_revision_does_nothing()
    {
        foreach (SceneOrder order in new SceneOrder[] { new SceneOrder.Reprocess(2), new SceneOrder.Retract(7) })
        {
            AssertNothing("other-revision", Closed, Decide(Closed, order));
        }

        Assert.True(Decide(Closed, new SceneOrder.Reprocess(1)).Outcome.IsDone);
    }

    [Fact]
    public void A_scene_whose_files_are_gone_is_not_made_again_without_them() => AssertNothing(
        "strips-gone", Closed,
        SceneOrders.Decide(Closed, new SceneOrder.Reprocess(), hasProduct: true, null, [1], Now));

    [Fact]
    public void A_product_is_withdrawn_once_and_a_repeat_is_done_already()
    {
        var first = Decide(Closed, new SceneOrder.Retract(Reason: "wrong calibration"));
        Assert.Equal([new SceneFact.SceneRetracted(1, "wrong calibration")], first.Facts.AsEnumerable());
        var again = SceneOrders.Decide(first.Step.State, new SceneOrder.Retract(), hasProduct: false, null, [], Now);
        Assert.True(again.Outcome.IsDone);
        Assert.Empty(again.Facts);
        var unborn = Closed with { PublishedRevision = 0, Phase = ScenePhase.Failed };
        AssertNothing("no-product", unborn, SceneOrders.Decide(unborn, new SceneOrder.Retract(), false, null, [], Now));
    }

    [Theory]
    [InlineData(ScenePhase.Gathering)]
    [InlineData(ScenePhase.Draining)]
    [InlineData(ScenePhase.Finalising)]
    [InlineData(ScenePhase.Assembling)]
    public void A_scene_at_work_is_neither_withdrawn_nor_made_again_nor_given_up(ScenePhase phase)
    {
        var state = Closed with { Phase = phase };
        AssertNothing("busy", state, Decide(state, new SceneOrder.Reprocess()));
        AssertNothing("busy", state, Decide(state, new SceneOrder.Retract()));
        AssertNothing("not-failed", state, Decide(state, new SceneOrder.Abandon()));
    }

    [Fact]
    public void A_released_strip_comes_back_as_the_content_that_it_was()
    {
        var poisoned = Closed with { Quarantined = [1], Strips = Closed.Strips.Remove(1) };
        var decision = Decide(poisoned, new SceneOrder.Release(1));
        Assert.Equal([new SceneFact.StripReleased(new(1, 3))], decision.Facts.AsEnumerable());
        Assert.Contains(
            decision.Step.Effects, effect => effect is SceneEffect.UseStrip { Strip.Index: 1, Revision: 3 });
        Assert.Contains(1, decision.Step.State.Strips.Keys);
        Assert.Empty(decision.Step.State.Quarantined);

        // A scene that puts its products together takes it for the revision after.
        var later = Decide(poisoned with { Phase = ScenePhase.Assembling }, new SceneOrder.Release(1));
        Assert.Equal([Strip], later.Step.State.Later);
    }

    [Fact]
    public void A_strip_that_is_not_in_quarantine_is_left_as_it_is()
    {
        var decision = Decide(Closed, new SceneOrder.Release(1));
        Assert.Equal((true, "not-quarantined"), (decision.Outcome.IsDone, decision.Outcome.Reason));
        Assert.Empty(decision.Facts);
        AssertNothing(
            "unknown-strip", Closed, SceneOrders.Decide(Closed, new SceneOrder.Release(9), true, null, [], Now));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_failed_scene_that_is_given_up_leaves_the_product_that_stood(bool hasProduct, int revision)
    {
        var failed = Closed with { Phase = ScenePhase.Failed };
        var decision = SceneOrders.Decide(failed, new SceneOrder.Abandon("no use"), hasProduct, null, [], Now);
        var fact = new SceneFact.SceneAbandoned(revision, "no use");
        Assert.Equal([fact], decision.Facts.AsEnumerable());
        Assert.Equal(hasProduct ? SceneStanding.Published : SceneStanding.Retracted, fact.Leaves);
        Assert.Equal(ScenePhase.Closed, decision.Step.State.Phase);
        AssertNothing("not-failed", Closed, Decide(Closed, new SceneOrder.Abandon()));
    }

    private static SceneOrderDecision Decide(SceneState state, SceneOrder order) =>
        SceneOrders.Decide(state, order, hasProduct: true, Strip, [], Now);

    private static void AssertNothing(string reason, SceneState state, SceneOrderDecision decision)
    {
        Assert.Equal((false, reason), (decision.Outcome.IsDone, decision.Outcome.Reason));
        Assert.True(TopicRule(decision.Outcome.Reason));
        Assert.Same(state, decision.Step.State);
        Assert.Empty(decision.Step.Effects);
        Assert.Empty(decision.Facts);
    }

    private static bool TopicRule(string reason) => Domain.Identity.TopicLevel.IsValid(reason);
}
