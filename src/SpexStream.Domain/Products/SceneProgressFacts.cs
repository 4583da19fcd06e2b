namespace SpexStream.Domain.Products;

/// <summary>How far a scene is.</summary>
/// <param name="StripsArrived">Strips taken.</param>
/// <param name="StripsExpected">Strips expected; null when unknown.</param>
/// <param name="TilesDone">Tile stages finished.</param>
/// <param name="TilesKnown">Tile stages known to be needed so far.</param>
/// <param name="PixelsRead">Pixels classified so far, each once per classification.</param>
public sealed record SceneProgressFacts(
    int StripsArrived, int? StripsExpected, int TilesDone, int TilesKnown, long PixelsRead)
{
    /// <summary>Revision of the products that are worked on.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Epoch of the scene's writer; null when it is not known.</summary>
    public long? Epoch { get; init; }

    /// <summary>Requested when the right to the scene is over: what waits to be said is not said any more.</summary>
    public CancellationToken Abandoned { get; init; }
}
