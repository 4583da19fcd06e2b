using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Pixels;

namespace SpexStream.Pipeline.Scenes;

/// <summary>The newest delivery of each strip of a scene. Belongs to the scene's loop.</summary>
internal sealed class StripBook(SceneId scene)
{
    private readonly Dictionary<int, StripDelivery> _newest = [];

    /// <summary>Keeps a delivery, in place of what its index had before.</summary>
    public void Keep(StripDelivery delivery) => _newest[delivery.Strip.Index] = delivery;

    /// <summary>Takes up the strips of a scene as its facts tell it, and lays out its workshop.</summary>
    public void Recall(SceneHistory history, SceneWorkshop workshop)
    {
        var state = history.State;
        foreach (var strip in history.Strips.Values)
        {
            Keep(strip.Delivery(history.Scene));
        }

        if (state.FirstRow is { } first && history.Scene.RowsAreAbsolute)
        {
            workshop.Rebase(first);
        }

        if (state.ExpectedStrips is { } expected)
        {
            workshop.Expect(expected);
        }

        foreach (var strip in state.Strips.Values)
        {
            workshop.Use(RasterOf(strip, state.StripRevisions.GetValueOrDefault(strip.Index, 1)));
        }
    }

    /// <summary>The newest delivery of an index; null when there is none.</summary>
    public StripDelivery? Find(int index) => _newest.GetValueOrDefault(index);

    /// <summary>The file of a strip in use, on the scene's rows.</summary>
    public StripRaster RasterOf(StripEntry strip, int revision)
    {
        var delivery = _newest[strip.Index];
        return new(delivery.Path, delivery.Info, strip.RowOffset, delivery.FileBands)
        {
            Index = strip.Index,
            Revision = revision,
            Identity = $"{scene}/{strip.Index}/{strip.ContentId}",
        };
    }
}
