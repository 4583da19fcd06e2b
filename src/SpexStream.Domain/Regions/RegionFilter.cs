namespace SpexStream.Domain.Regions;

/// <summary>Which regions of a class are kept; judged on whole regions of the scene, never on parts.</summary>
/// <param name="NeedsSeed">Whether a region without a seed pixel is dropped (hysteresis).</param>
/// <param name="MinimumPixels">Regions of fewer pixels are dropped; 1 keeps all.</param>
public readonly record struct RegionFilter(bool NeedsSeed, long MinimumPixels)
{
    /// <summary>Keeps every region.</summary>
    public static RegionFilter KeepAll { get; } = new(false, 1);

    internal bool Keeps(in ComponentStats region) =>
        region.Pixels >= MinimumPixels && (!NeedsSeed || (region.Flags & ComponentFlags.Seeded) != 0);
}
