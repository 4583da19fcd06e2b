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
}
