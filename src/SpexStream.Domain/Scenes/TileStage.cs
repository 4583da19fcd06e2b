namespace SpexStream.Domain.Scenes;

/// <summary>One step of a batch: survey number <paramref name="Pass"/>, or the classification when Pass is the
/// backend's pass count.</summary>
/// <param name="Batch">Number of the batch; the final one over all tiles is <see cref="FinalBatch"/>.</param>
/// <param name="Pass">0-based.</param>
public readonly record struct TileStage(int Batch, int Pass)
{
    /// <summary>The batch over all tiles with the findings of the whole scene.</summary>
    public const int FinalBatch = int.MaxValue;
}
