namespace SpexStream.Raster.Cog;

/// <summary>
/// The pyramid of a cloud-optimized GeoTIFF: level 0 is the full resolution, each further level half of the one before,
/// until a level fits into one block.
/// </summary>
internal sealed class CogLayout
{
    /// <summary>Edge of a block in pixels. Every tile size is a multiple or a divisor of it, so blocks do not depend on
    /// tiles.</summary>
    public const int BlockSize = 512;

    public CogLayout(int width, int height)
    {
        var levels = new List<CogLevel> { new(0, width, height) };
        while (levels[^1].Width > BlockSize || levels[^1].Height > BlockSize)
        {
            levels.Add(new(levels.Count, (levels[^1].Width + 1) / 2, (levels[^1].Height + 1) / 2));
        }

        Levels = levels;
    }

    public IReadOnlyList<CogLevel> Levels { get; }
}
