using SpexStream.Domain.Ports.Models;

namespace SpexStream.Pipeline.Models;

/// <summary>A batch with the tiles that lie in it. One thread has it at a time.</summary>
internal sealed class BatchInHand(ModelLane lane, IModelBatch batch) : IDisposable
{
    /// <summary>Where it belongs.</summary>
    public ModelLane Lane => lane;

    /// <summary>The buffers.</summary>
    public IModelBatch Batch => batch;

    /// <summary>The tiles, by slot.</summary>
    public List<IModelTile> Tiles { get; } = new(batch.Capacity);

    /// <summary>When its first tile was added; a timestamp of the clock.</summary>
    public long Since { get; set; }

    /// <summary>Takes all tiles out.</summary>
    public void Clear()
    {
        Tiles.Clear();
        batch.Clear();
    }

    public void Dispose() => batch.Dispose();
}
