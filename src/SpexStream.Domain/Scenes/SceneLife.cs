using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Messages;

namespace SpexStream.Domain.Scenes;

/// <summary>
/// The life of a scene as a pure function: strips come in any order, tiles run as soon as their rows and halo are there
/// (in batches, one per arrival that made tiles ready), a strip is summarised when its tiles are classified, and the
/// scene closes when all strips are in, the pass has ended, or the gather timeout (from the first arrival) is over. New
/// content for an index replaces the old one; what comes after the closing opens the scene again for the next revision
/// of its products. A backend with passes sees all tiles again at closing, unless one batch already held the whole
/// scene.
/// </summary>
public static class SceneLife
{
    /// <summary>Decides what follows from an input.</summary>
    public static SceneStep Handle(SceneState state, SceneInput input, DateTimeOffset now) => input switch
    {
        SceneInput.StripArrived arrived => OnStrip(state, arrived, now),
        SceneInput.StripQuarantined quarantined => OnQuarantined(state, quarantined.StripIndex),
        SceneInput.PassEnded ended => OnPassEnded(
            state, ended.StripCount, ended.Tiers is { IsEmpty: false } tiers ? tiers : null),
        SceneInput.Ticked => OnTick(state, now),
        SceneInput.TileDone done => TileRounds.OnTileDone(state, done),
        SceneInput.StageConcluded concluded => TileRounds.OnConcluded(state, concluded.Stage),
        SceneInput.ProductsAssembled => OnAssembled(state, now),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, null),
    };

    /// <summary>What a scene that comes back from the journal has to do: all tiles are to be asked for again, and those
    /// whose answer is still there cost nothing.</summary>
    public static SceneStep Resume(SceneState state, DateTimeOffset now) => state.Phase switch
    {
        ScenePhase.Gathering when state.WaitsUntil <= now => StopInTime(state),
        ScenePhase.Gathering when !state.WaitsOut && (state.HasAllStrips || state.HasAllSent) => StopIfComplete(state),
        ScenePhase.Gathering when state.PassHasEnded && state.PublishedRevision == 0 =>
            StopGathering(state, CloseReason.EndOfPass),
        ScenePhase.Gathering when state.WaitsUntil is { } until =>
            TileRounds.TakeReady(state).And(new SceneEffect.WakeAt(until)),
        ScenePhase.Draining or ScenePhase.Finalising or ScenePhase.Assembling =>
            TileRounds.TakeRest(state with { Phase = ScenePhase.Draining }),
        ScenePhase.Closed or ScenePhase.Failed when !state.Later.IsEmpty => Reopen(state, now),
        _ => SceneStep.Of(state),
    };

    private static SceneStep OnStrip(SceneState state, SceneInput.StripArrived arrived, DateTimeOffset now)
    {
        var strip = arrived.Strip;
        int? sent = arrived.IsLast ? strip.Index + 1 : null;
        var known = state.Later.FindLast(later => later.Index == strip.Index)
            ?? state.Strips.GetValueOrDefault(strip.Index);
        // A scene that failed is tried once more with what it has already.
        if (known is not null && state.Phase != ScenePhase.Failed && !arrived.IsAnew
            && (known.ContentId == strip.ContentId || strip.AnnouncedRevision < known.AnnouncedRevision))
        {
            var duplicate = SceneStep.Of(state).And(new SceneEffect.CountDuplicate(strip.Index));
            return sent is null || sent <= state.SentCount ? duplicate : duplicate.Then(s => OnPassEnded(s, sent));
        }

        if (state.Layout.Height is { } height && strip.Bottom > height)
        {
            return SceneStep.Of(state).And(new SceneEffect.RefuseStrip(strip.Index, LateStrips.BeyondScene));
        }

        if (SceneLimits.Check(state, strip) is { } tooLarge)
        {
            return SceneStep.Of(state).And(new SceneEffect.RefuseStrip(strip.Index, tooLarge));
        }

        var revision = state.StripRevisions.GetValueOrDefault(strip.Index) + 1;
        var taken = SceneStep.Of(state with
        {
            StripRevisions = state.StripRevisions.SetItem(strip.Index, revision),
            Tiers = state.Tiers.SetItem(strip.Index, strip.Tier),
            Quarantined = state.Quarantined.Remove(strip.Index),
        }).And(new SceneEffect.TakeStrip(strip.Index, revision));
        return state.Phase switch
        {
            ScenePhase.Gathering => taken.Then(s => Gather(s, strip, sent, now)),
            ScenePhase.Closed or ScenePhase.Failed =>
                taken.Then(s => Reopen(s with { Later = s.Later.Add(strip) }, now)),
            _ => taken.Then(s => SceneStep.Of(s with { Later = s.Later.Add(strip) })),
        };
    }

    // What was sent is known by number. That does not end the gathering, for the last strip may have overtaken others;
    // and one that comes from behind the last shows that the pass was longer.
    private static SceneStep Expect(SceneState state, int? sent)
    {
        var next = Count(state, sent);
        return next.ExpectedStrips is { } expected && expected != state.ExpectedStrips
            ? SceneStep.Of(next).And(new SceneEffect.ExpectStrips(expected))
            : SceneStep.Of(next);
    }

    /// <summary>The state when so many strips are known to have been sent; null when this says nothing.</summary>
    internal static SceneState Count(SceneState state, int? sent)
    {
        if (state.Phase != ScenePhase.Gathering || state.Strips.IsEmpty || (sent ?? state.SentCount) is not { } least)
        {
            return state;
        }

        var count = Math.Max(Math.Max(least, state.SentCount ?? 0), state.Strips.Keys.Max() + 1);
        return state with { SentCount = Math.Min(count, state.Layout.StripCount ?? count) };
    }

    private static SceneStep StopIfComplete(SceneState state) =>
        state.WaitsOut ? SceneStep.Of(state)
        : state.HasAllStrips ? StopComplete(state)
        : state.HasAllSent ? StopGathering(state with { PassHasEnded = true }, CloseReason.EndOfPass)
        : SceneStep.Of(state);

    /// <summary>A strip is used from now on by a scene that gathers.</summary>
    internal static SceneStep Gather(SceneState state, StripEntry strip, int? sent, DateTimeOffset now)
    {
        var placed = Place(state, strip, now);
        var step = SceneStep.Of(placed).And(UseOf(placed, strip.Index));
        if (state.FirstArrival is null)
        {
            step = step.And(new SceneEffect.WakeAt(placed.WaitsUntil!.Value));
        }

        return step.Then(TileRounds.TakeReady).Then(s => Expect(s, sent)).Then(StopIfComplete);
    }

    /// <summary>Puts an announced strip on the scene's rows; tiles that saw other pixels there have to be done
    /// again.</summary>
    internal static SceneState Place(SceneState state, StripEntry announced, DateTimeOffset now)
    {
        var strip = announced with { RowOffset = announced.RowOffset - (state.FirstRow ?? 0) };
        var next = state with
        {
            FirstArrival = state.FirstArrival ?? now,
            WaitsUntil = state.WaitsUntil ?? (now + state.Layout.GatherTimeout),
        };
        if (state.Strips.GetValueOrDefault(strip.Index) is { } old)
        {
            next = TileRounds.Untake(next, old.RowOffset, old.Bottom);
        }

        next = next with
        {
            Strips = next.Strips.SetItem(strip.Index, strip),
            Summarised = next.Summarised.Remove(strip.Index)
        };
        return TileRounds.Untake(next, strip.RowOffset, strip.Bottom);
    }

    private static SceneEffect.UseStrip UseOf(SceneState state, int index) =>
        new(state.Strips[index], state.StripRevisions.GetValueOrDefault(index, 1));

    private static SceneStep OnQuarantined(SceneState state, int index)
    {
        var later = state.Later.RemoveAll(strip => strip.Index == index);
        var next = state with { Later = later, Quarantined = state.Quarantined.Add(index) };
        if (!state.Strips.TryGetValue(index, out var strip) || state.Phase is ScenePhase.Closed or ScenePhase.Failed)
        {
            return SceneStep.Of(next);
        }

        next = TileRounds.Untake(next with { Strips = next.Strips.Remove(index) }, strip.RowOffset, strip.Bottom);
        return SceneStep.Of(next).And(new SceneEffect.DropStrip(index));
    }

    private static SceneStep OnPassEnded(
        SceneState state, int? sent, ImmutableSortedDictionary<int, StripTier>? tiers = null)
    {
        if (state.PassHasEnded || state.FirstArrival is null)
        {
            return SceneStep.Of(state);
        }

        var noted = SceneStep.Of(state.WithTiers(tiers)).And(new SceneEffect.NotePassEnd(sent, tiers));
        return sent is null
            ? noted.Then(s => StopGathering(s with { PassHasEnded = true }, CloseReason.EndOfPass))
            : noted.Then(s => Expect(s, sent)).Then(StopIfComplete);
    }

    private static SceneStep OnTick(SceneState state, DateTimeOffset now) =>
        state.Phase == ScenePhase.Gathering && now >= state.WaitsUntil ? StopInTime(state) : SceneStep.Of(state);

    // One that waited for time alone may have all its strips.
    private static SceneStep StopInTime(SceneState state) => state.HasAllStrips || state.HasAllSent
        ? StopIfComplete(state with { WaitsOut = false })
        : StopGathering(state, CloseReason.Timeout);

    // All strips are accounted for; one that is in quarantine is missing all the same.
    private static SceneStep StopComplete(SceneState state) =>
        StopGathering(state, state.MissingStrips.IsEmpty ? CloseReason.Complete : CloseReason.EndOfPass);

    private static SceneStep StopGathering(SceneState state, CloseReason reason)
    {
        if (state.Phase != ScenePhase.Gathering || (state.Strips.IsEmpty && state.Quarantined.IsEmpty))
        {
            return SceneStep.Of(state);
        }

        if (state.MissingCritical is { IsEmpty: false } critical)
        {
            return SceneStep.Of(state with { Phase = ScenePhase.Failed }).And(new SceneEffect.ReportMissing(critical));
        }

        if (state.Strips.IsEmpty)
        {
            return SceneStep.Of(state with { Phase = ScenePhase.Failed })
                .And(new SceneEffect.ReportMissing([.. state.Quarantined.Order()]));
        }

        var first = state.FirstRow ?? state.Strips.Values.Min(strip => strip.RowOffset);
        var closed = Settle(state, reason, first);
        var step = SceneStep.Of(closed);
        if (state.FirstRow is null)
        {
            step = step.And(new SceneEffect.Rebase(first));
        }

        return step.And(new SceneEffect.StopGathering(reason, first, closed.KnownHeight, closed.MissingStrips))
            .Then(TileRounds.TakeRest);
    }

    /// <summary>Strips are waited for no longer: rows that count from the coordinate system's zero get a first
    /// one.</summary>
    internal static SceneState Settle(SceneState state, CloseReason reason, int firstRow)
    {
        var rebased = state.FirstRow is not null ? state : Shift(state, firstRow) with { FirstRow = firstRow };
        return rebased with { Phase = ScenePhase.Draining, ClosedFor = reason, WaitsOut = false };
    }

    private static SceneState Shift(SceneState state, int rows) => state with
    {
        Strips = state.Strips.ToImmutableSortedDictionary(
            pair => pair.Key, pair => pair.Value with { RowOffset = pair.Value.RowOffset - rows }),
    };

    private static SceneStep OnAssembled(SceneState state, DateTimeOffset now)
    {
        if (state.Phase != ScenePhase.Assembling)
        {
            return SceneStep.Of(state);
        }

        var closed = state with { Phase = ScenePhase.Closed, PublishedRevision = state.NextRevision };
        return closed.Later.IsEmpty ? SceneStep.Of(closed) : Reopen(closed, now);
    }

    /// <summary>A closed scene is worked on again.</summary>
    internal static SceneStep Reopen(SceneState state, DateTimeOffset now, string reason = SceneEffect.Reopen.LateStrip)
    {
        var open = Unsettle(state, now);
        var step = SceneStep.Of(open).And(new SceneEffect.Reopen(state.NextRevision, reason));
        if (state.Layout.PassCount > 0)
        {
            step = step.And(new SceneEffect.ForgetSurveys());
        }

        if (state is { Layout.RowsAreAbsolute: true, FirstRow: { } first })
        {
            step = step.And(new SceneEffect.Rebase(-first));
        }

        step = step.And([.. state.Later.Select(strip => strip.Index).Distinct().Select(index => UseOf(open, index))]);
        return step.And(new SceneEffect.WakeAt(open.WaitsUntil!.Value)).Then(TileRounds.TakeReady).Then(StopIfComplete);
    }

    /// <summary>A closed scene gathers again, with the strips that came late.</summary>
    internal static SceneState Unsettle(SceneState state, DateTimeOffset now)
    {
        var grace = state.Layout.LateGrace < state.Layout.GatherTimeout
            ? state.Layout.LateGrace
            : state.Layout.GatherTimeout;
        // Passes count over the whole scene, so all of it is counted again; a tile whose answer still holds costs
        // nothing when it is classified.
        var anew = state.Layout.PassCount > 0 || state.Layout.RowsAreAbsolute;
        var open = state with
        {
            Phase = ScenePhase.Gathering,
            ClosedFor = null,
            WaitsUntil = now + grace,
            // Nothing was missing, so nothing tells when all that comes late has come; else the last one missing does.
            WaitsOut = state is { Phase: ScenePhase.Closed, Later.IsEmpty: false }
                && (state.HasAllStrips || state.HasAllSent),
            Later = [],
            FirstBatch = state.BatchCount,
            SurveysAreStale = false,
            Taken = anew ? [] : state.Taken,
            Classified = anew ? [] : state.Classified,
        };
        if (state is { Layout.RowsAreAbsolute: true, FirstRow: { } first })
        {
            open = Shift(open, -first) with { FirstRow = null };
        }

        return state.Later.Aggregate(open, (next, strip) => Place(next, strip, now));
    }
}
