using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Scenes;

/// <summary>
/// The life of a scene as a pure function: strips come in any order, tiles run as soon as their rows and halo are there
/// (in batches, one per arrival that made tiles ready), a strip is summarised when its tiles are classified, and the scene
/// closes when all strips are in (all that were expected, or all that the pass has brought), the pass is said to be over,
/// or the gather timeout (from the first arrival) is over.
/// A backend with passes sees all tiles again at closing, unless one batch already held the whole scene.
/// </summary>
public static class SceneLife
{
    /// <summary>Decides what follows from an input.</summary>
    public static SceneStep Handle(SceneState state, SceneInput input, DateTimeOffset now) => input switch
    {
        SceneInput.StripArrived arrived => OnStrip(state, arrived, now),
        SceneInput.PassEnded { StripCount: { } count } => Expect(state, count).Then(EndIfComplete),
        SceneInput.PassEnded => EndGathering(state with { PassHasEnded = true }),
        SceneInput.Ticked => OnTick(state, now),
        SceneInput.TileDone done => OnTileDone(state, done),
        SceneInput.StageConcluded concluded => OnConcluded(state, concluded.Stage),
        SceneInput.ProductsAssembled => OnAssembled(state),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, null),
    };

    private static SceneStep OnStrip(SceneState state, SceneInput.StripArrived arrived, DateTimeOffset now)
    {
        var strip = arrived.Strip;
        int? sent = arrived.IsLast ? strip.Index + 1 : null;
        if (state.Strips.TryGetValue(strip.Index, out var known))
        {
            return known.ContentId == strip.ContentId
                ? SceneStep.Of(state).And(new SceneEffect.CountDuplicate(strip.Index)).Then(s => Expect(s, sent)).Then(EndIfComplete)
                : SceneStep.Of(state).And(new SceneEffect.RefuseStrip(strip.Index, LateStrips.OtherContent));
        }

        if (state.Phase != ScenePhase.Gathering)
        {
            return SceneStep.Of(state).And(new SceneEffect.RefuseStrip(strip.Index, LateStrips.SceneClosed));
        }

        if (strip.Bottom > (state.Layout.Height ?? int.MaxValue))
        {
            return SceneStep.Of(state).And(new SceneEffect.RefuseStrip(strip.Index, LateStrips.BeyondScene));
        }

        if (CheckSize(state, strip) is { } tooLarge)
        {
            return SceneStep.Of(state).And(new SceneEffect.RefuseStrip(strip.Index, tooLarge));
        }

        var step = SceneStep.Of(state with { Strips = state.Strips.Add(strip.Index, strip) });
        if (state.FirstArrival is null)
        {
            step = SceneStep.Of(step.State with { FirstArrival = now })
                .And(new SceneEffect.WakeAt(now + state.Layout.GatherTimeout));
        }

        if (!state.Layout.RowsAreAbsolute)
        {
            step = step.Then(s => TakeTiles(s, ReadyTiles(s)));
        }

        return step.Then(s => Expect(s, sent)).Then(EndIfComplete);
    }

    // What was sent is known by number. That does not end the gathering, for the last strip may have overtaken others; and
    // one that comes from behind the last shows that the pass was longer.
    private static SceneStep Expect(SceneState state, int? sent)
    {
        if (state.Phase != ScenePhase.Gathering || state.Strips.IsEmpty || (sent ?? state.SentCount) is not { } least)
        {
            return SceneStep.Of(state);
        }

        var count = Math.Max(Math.Max(least, state.SentCount ?? 0), state.Strips.Keys.Max() + 1);
        var next = state with { SentCount = Math.Min(count, state.Layout.StripCount ?? count) };
        return next.ExpectedStrips is { } expected && expected != state.ExpectedStrips
            ? SceneStep.Of(next).And(new SceneEffect.ExpectStrips(expected))
            : SceneStep.Of(next);
    }

    private static SceneStep EndIfComplete(SceneState state) =>
        state.HasAllStrips ? EndGathering(state)
        : state.HasAllSent ? EndGathering(state with { PassHasEnded = true })
        : SceneStep.Of(state);

    // Absolute rows begin with the upper strip, wherever that lies; others with row 0.
    private static Rejection? CheckSize(SceneState state, StripEntry strip)
    {
        var strips = state.Strips.Values.Append(strip).ToArray();
        var first = state.Layout.RowsAreAbsolute ? strips.Min(one => one.RowOffset) : 0;
        return SceneLimits.Check("assets.data", (long)strips.Max(one => one.Bottom) - first, state.Layout.Width);
    }

    private static SceneStep OnTick(SceneState state, DateTimeOffset now) =>
        state.FirstArrival is { } first && now >= first + state.Layout.GatherTimeout
            ? EndGathering(state)
            : SceneStep.Of(state);

    private static SceneStep EndGathering(SceneState state)
    {
        if (state.Phase != ScenePhase.Gathering || state.Strips.IsEmpty)
        {
            return SceneStep.Of(state);
        }

        // From here on the height is what the strips reach, if nobody said it before.
        return Rebase(state).Then(rebased =>
        {
            var closed = rebased with
            {
                Phase = ScenePhase.Draining,
                Layout = rebased.Layout with { Height = rebased.KnownHeight },
            };
            return TakeTiles(closed, closed.Grid.All().Where(tile => !closed.Taken.Contains(tile))).Then(FinishDraining);
        });
    }

    private static SceneStep Rebase(SceneState state)
    {
        if (!state.Layout.RowsAreAbsolute)
        {
            return SceneStep.Of(state);
        }

        var first = state.Strips.Values.Min(strip => strip.RowOffset);
        return SceneStep.Of(state with
        {
            Layout = state.Layout with { RowsAreAbsolute = false },
            Strips = state.Strips.ToImmutableSortedDictionary(
                pair => pair.Key, pair => pair.Value with { RowOffset = pair.Value.RowOffset - first }),
        }).And(new SceneEffect.Rebase(first));
    }

    private static SceneStep TakeTiles(SceneState state, IEnumerable<TileIndex> tiles)
    {
        var batch = TileBatch.Start(state.BatchCount, 0, tiles);
        if (batch.Tiles.IsEmpty)
        {
            return SceneStep.Of(state);
        }

        var taken = state with
        {
            Batches = state.Batches.Add(batch),
            BatchCount = state.BatchCount + 1,
            Taken = state.Taken.Union(batch.Tiles),
        };
        return state.Batches.IsEmpty
            ? SceneStep.Of(taken).And(new SceneEffect.RunTiles(batch.Stage, batch.Tiles))
            : SceneStep.Of(taken);
    }

    private static SceneStep OnTileDone(SceneState state, SceneInput.TileDone done)
    {
        // An answer to a stage that is over, or a second answer, changes nothing.
        if (state.Batches.IsEmpty || state.Batches[0] is not { } batch || batch.Stage != done.Stage
            || !batch.Missing.Contains(done.Tile))
        {
            return SceneStep.Of(state);
        }

        var updated = batch with { Missing = batch.Missing.Remove(done.Tile) };
        var next = state with { Batches = state.Batches.SetItem(0, updated) };
        var classifies = batch.Pass == state.Layout.PassCount;
        if (classifies)
        {
            next = next with { Classified = next.Classified.Add(done.Tile) };
        }

        if (!updated.Missing.IsEmpty)
        {
            return SceneStep.Of(next);
        }

        return classifies ? FinishBatch(next) : SceneStep.Of(next).And(new SceneEffect.Conclude(batch.Stage));
    }

    private static SceneStep OnConcluded(SceneState state, TileStage stage)
    {
        if (state.Batches.IsEmpty || state.Batches[0].Stage != stage)
        {
            return SceneStep.Of(state);
        }

        var next = state.Batches[0].Next();
        return SceneStep.Of(state with { Batches = state.Batches.SetItem(0, next) })
            .And(new SceneEffect.RunTiles(next.Stage, next.Tiles));
    }

    private static SceneStep FinishBatch(SceneState state)
    {
        var finished = state.Batches[0].Number;
        var step = Summarise(state with { Batches = state.Batches.RemoveAt(0) });
        if (finished == TileStage.FinalBatch)
        {
            return step.Then(Assemble);
        }

        return step.State.Batches.IsEmpty
            ? step.Then(FinishDraining)
            : step.And(new SceneEffect.RunTiles(step.State.Batches[0].Stage, step.State.Batches[0].Tiles));
    }

    private static SceneStep FinishDraining(SceneState state)
    {
        if (state.Phase != ScenePhase.Draining || !state.Batches.IsEmpty)
        {
            return SceneStep.Of(state);
        }

        // One batch saw the whole scene, or nothing depends on the whole scene: every answer is final already.
        if (state.Layout.PassCount == 0 || state.BatchCount == 1)
        {
            return Assemble(state);
        }

        // The first survey depends on nothing before it, so its sum over the batches is that of the scene.
        var final = TileBatch.Start(TileStage.FinalBatch, 0, state.Grid.All());
        return SceneStep.Of(state with
        {
            Phase = ScenePhase.Finalising,
            Batches = [final with { Missing = [] }],
        }).And(new SceneEffect.Conclude(final.Stage));
    }

    private static SceneStep Assemble(SceneState state) =>
        SceneStep.Of(state with { Phase = ScenePhase.Assembling })
            .And(new SceneEffect.Assemble(state.KnownHeight, state.CompletenessPercent));

    private static SceneStep OnAssembled(SceneState state) => state.Phase == ScenePhase.Assembling
        ? SceneStep.Of(state with { Phase = ScenePhase.Closed }).And(new SceneEffect.PublishFinal(state.CompletenessPercent))
        : SceneStep.Of(state);

    private static SceneStep Summarise(SceneState state)
    {
        var grid = state.Grid;
        ImmutableArray<int> ready =
        [
            .. from strip in state.Strips.Values
               where !state.Summarised.Contains(strip.Index)
               where TilesOfRows(grid, strip.RowOffset, strip.Bottom).All(state.Classified.Contains)
               select strip.Index,
        ];
        return SceneStep.Of(state with { Summarised = state.Summarised.Union(ready) })
            .And([.. ready.Select(index => new SceneEffect.SummariseStrip(index))]);
    }

    private static IEnumerable<TileIndex> ReadyTiles(SceneState state)
    {
        var grid = state.Grid;
        var coverage = RowCoverage.Of(state.Strips.Values);
        var height = state.Layout.Height;
        for (var row = 0; row < grid.Rows; row++)
        {
            var top = row * grid.TileSize;
            // While the height is unknown, only rows that are really there tell where a tile ends.
            var bottom = Math.Min(top + grid.TileSize + grid.Halo, height ?? int.MaxValue);
            if (!coverage.Covers(Math.Max(0, top - grid.Halo), bottom))
            {
                continue;
            }

            foreach (var tile in grid.Row(row))
            {
                if (!state.Taken.Contains(tile))
                {
                    yield return tile;
                }
            }
        }
    }

    private static IEnumerable<TileIndex> TilesOfRows(TileGrid grid, int start, int end) =>
        Enumerable.Range(start / grid.TileSize, ((end - 1) / grid.TileSize) - (start / grid.TileSize) + 1)
            .SelectMany(grid.Row);
}
