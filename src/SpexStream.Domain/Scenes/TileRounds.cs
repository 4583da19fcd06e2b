using System.Collections.Immutable;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Scenes;

/// <summary>
/// The rounds of tiles within a scene's life: which tiles are ready, batches that go through the backend's passes, one
/// after the other where passes count over the whole scene, and what follows when one is through.
/// </summary>
internal static class TileRounds
{
    /// <summary>Takes the tiles whose rows and halo are covered.</summary>
    public static SceneStep TakeReady(SceneState state) =>
        state.FirstRow is null ? SceneStep.Of(state) : TakeAll(state, Ready(state));

    /// <summary>Takes every tile left, for no row is waited for any more.</summary>
    public static SceneStep TakeRest(SceneState state) =>
        TakeAll(state, state.Grid.All().Where(tile => !state.Taken.Contains(tile))).Then(FinishDraining);

    /// <summary>
    /// Gives tiles back whose window or halo meets some rows: they have to be done again. Where passes count over the
    /// whole scene, what they counted so far is void, too.
    /// </summary>
    public static SceneState Untake(SceneState state, int start, int end)
    {
        var grid = state.Grid;
        var touched = state.Taken.Where(tile =>
        {
            var top = tile.Row * grid.TileSize;
            return top - grid.Halo < end && top + grid.TileSize + grid.Halo > start;
        }).ToArray();
        return touched.Length == 0 ? state : state with
        {
            Taken = state.Taken.Except(touched),
            Classified = state.Classified.Except(touched),
            SurveysAreStale = state.SurveysAreStale || state.Layout.PassCount > 0,
        };
    }

    public static SceneStep OnTileDone(SceneState state, SceneInput.TileDone done)
    {
        var index = state.Batches.FindIndex(started => started.Stage == done.Stage);
        // An answer to a stage that is over, or a second answer, changes nothing.
        if (index < 0 || state.Batches[index] is not { } batch || !batch.Missing.Contains(done.Tile))
        {
            return SceneStep.Of(state);
        }

        var updated = batch with { Missing = batch.Missing.Remove(done.Tile) };
        var next = state with { Batches = state.Batches.SetItem(index, updated) };
        var classifies = batch.Pass == state.Layout.PassCount;
        // A tile that was given back meanwhile was classified with strips that it has no more.
        if (classifies && state.Taken.Contains(done.Tile) && !IsTakenAgain(state, index, done.Tile))
        {
            next = next with { Classified = next.Classified.Add(done.Tile) };
        }

        if (!updated.Missing.IsEmpty)
        {
            return SceneStep.Of(next);
        }

        return classifies ? FinishBatch(next, index) : SceneStep.Of(next).And(new SceneEffect.Conclude(batch.Stage));
    }

    public static SceneStep OnConcluded(SceneState state, TileStage stage)
    {
        if (state.Batches.IsEmpty || state.Batches[0].Stage != stage)
        {
            return SceneStep.Of(state);
        }

        var next = state.Batches[0].Next();
        return SceneStep.Of(state with { Batches = state.Batches.SetItem(0, next) })
            .And(new SceneEffect.RunTiles(next.Stage, next.Tiles));
    }

    private static bool IsTakenAgain(SceneState state, int index, TileIndex tile) =>
        state.Batches.Skip(index + 1).Any(batch => batch.Tiles.Contains(tile));

    // Hands out what waits for nothing. Where no pass counts over the whole scene a batch waits only for older ones
    // that have a tile of it: the answer that rests on more must come last.
    private static SceneStep StartReady(SceneState state)
    {
        var step = SceneStep.Of(state);
        for (var index = 0; index < state.Batches.Count; index++)
        {
            var batch = state.Batches[index];
            if (!batch.IsStarted && (index == 0 || (state.Layout.PassCount == 0
                && state.Batches.Take(index).All(older => !older.Tiles.Any(batch.Missing.Contains)))))
            {
                var started = batch with { IsStarted = true };
                step = (step with { State = step.State with { Batches = step.State.Batches.SetItem(index, started) } })
                    .And(new SceneEffect.RunTiles(batch.Stage, batch.Tiles));
            }
        }

        return step;
    }

    // First what went together before, then the rest.
    private static SceneStep TakeAll(SceneState state, IEnumerable<TileIndex> tiles)
    {
        if (state.Remembered.IsEmpty)
        {
            return Take(state, tiles);
        }

        var step = SceneStep.Of(state with { Remembered = [] });
        TileIndex[] all = [.. tiles];
        var left = all.ToHashSet();
        foreach (var batch in state.Remembered.Where(batch => batch.All(left.Contains)))
        {
            left.ExceptWith(batch);
            step = step.Then(s => Take(s, batch));
        }

        return step.Then(s => Take(s, all.Where(left.Contains)));
    }

    private static SceneStep Take(SceneState state, IEnumerable<TileIndex> tiles)
    {
        var batch = TileBatch.Start(state.BatchCount, 0, tiles);
        if (batch.Tiles.IsEmpty)
        {
            return SceneStep.Of(state);
        }

        return StartReady(state with
        {
            Batches = state.Batches.Add(batch),
            BatchCount = state.BatchCount + 1,
            Taken = state.Taken.Union(batch.Tiles),
        });
    }

    private static SceneStep FinishBatch(SceneState state, int index)
    {
        var finished = state.Batches[index].Number;
        var step = Summarise(state with { Batches = state.Batches.RemoveAt(index) });
        return finished == TileStage.FinalBatch ? step.Then(Assemble)
            : step.State.Batches.IsEmpty ? step.Then(FinishDraining)
            : step.Then(StartReady);
    }

    private static SceneStep FinishDraining(SceneState state)
    {
        if (state.Phase != ScenePhase.Draining || !state.Batches.IsEmpty)
        {
            return SceneStep.Of(state);
        }

        // One batch saw the whole scene, or nothing depends on the whole scene: every answer is final already.
        if (state.Layout.PassCount == 0 || (state.BatchCount - state.FirstBatch == 1 && !state.SurveysAreStale))
        {
            return Assemble(state);
        }

        var final = TileBatch.Start(TileStage.FinalBatch, 0, state.Grid.All()) with { IsStarted = true };
        if (state.SurveysAreStale)
        {
            return SceneStep.Of(state with { Phase = ScenePhase.Finalising, Batches = [final] })
                .And(new SceneEffect.ForgetSurveys(), new SceneEffect.RunTiles(final.Stage, final.Tiles));
        }

        // The first survey depends on nothing before it, so its sum over the batches is that of the scene.
        return SceneStep.Of(state with { Phase = ScenePhase.Finalising, Batches = [final with { Missing = [] }] })
            .And(new SceneEffect.Conclude(final.Stage));
    }

    private static SceneStep Assemble(SceneState state) =>
        SceneStep.Of(state with { Phase = ScenePhase.Assembling })
            .And(new SceneEffect.Assemble(state.NextRevision, state.KnownHeight, state.CompletenessPercent));

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

    private static IEnumerable<TileIndex> Ready(SceneState state)
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
