using SpexStream.Domain.Grid;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Products;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Scenes;

/// <summary>How the scene gets on, tile by tile and strip by strip.</summary>
internal sealed partial class SceneWork
{
    private async ValueTask FinishTileAsync(TileStage stage, TileIndex tile, bool byDevice)
    {
        _tiles.Finish(byDevice);
        await DecideAsync(new SceneInput.TileDone(stage, tile));
        _tiles.Offer();
        await _context.Events.ProgressedAsync(
            Scene,
            new SceneProgressFacts(State.Strips.Count, State.ExpectedStrips, _tiles.Done, _tiles.Known, _tiles.Pixels)
            {
                Revision = State.NextRevision,
                Epoch = _ledger.Epoch,
                Abandoned = _context.Abandoned,
            });
    }

    private async ValueTask SummariseAsync(int index)
    {
        var strip = State.Strips[index];
        _ground ??= SceneGround.Of(Scene, State.KnownHeight, _context.Transforms);
        var facts = StripSummary.Of(_workshop, State, strip, _tiles.Store, _tiles.Findings.Latest, _ground);
        await _ledger.WriteAsync(
            [new SceneFact.StripSummarised(new(index, State.StripRevisions.GetValueOrDefault(index, 1)))],
            _context.Messages.StripSummarised(Scene, strip, State.NextRevision, facts, _workshop.Model));
        await _context.Events.StripSummarisedAsync(Scene, strip, facts);
    }
}
