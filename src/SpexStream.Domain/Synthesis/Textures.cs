namespace SpexStream.Domain.Synthesis;

/// <summary>The noises that tell pieces of the same cover apart, about -1..1 unless said otherwise.</summary>
internal sealed class Textures
{
    private readonly float _treeLine;
    private readonly NoiseStack _woods;

    public Textures(SceneFrame frame, Coast coast, Relief relief, SeedStream seeds)
    {
        _woods = NoiseStack.Between(seeds.Bits(), 0.09f * frame.Side, 6, 0.03f * frame.Side);
        Species = NoiseStack.Between(seeds.Bits(), 0.05f * frame.Side, 9, 0.8f, 0.45f);
        Crowns = NoiseStack.Between(seeds.Bits(), 6.5f, 2, 0.7f, 0.3f);
        Soil = NoiseStack.Between(seeds.Bits(), 0.06f * frame.Side, 6, 0.6f, 0.35f);
        Bends = NoiseStack.Between(seeds.Bits(), 120 * frame.Detail, 30, 7 * frame.Detail);
        Water = NoiseStack.Between(seeds.Bits(), 0.07f * frame.Side, 8, 0.75f, 0.5f);
        WideShore = NoiseStack.Between(seeds.Bits(), 0.048f * frame.Side, 9, 0.62f, 0.75f);
        NarrowShore = NoiseStack.Between(seeds.Bits(), 9, 4, 0.6f, 0.8f);
        HillWoods = 0.05f * frame.Side;
        _treeLine = SceneFrame.Quantile(
            frame.Samples(96).Where(p => coast.At(p.X, p.Y) > 0)
                .Select(p => _woods.At(p.X, p.Y) + (HillWoods * relief.Hilliness(p.X, p.Y))),
            1 - seeds.Between(0.36f, 0.44f));
    }

    /// <summary>Share of conifers in a wood.</summary>
    public NoiseStack Species { get; }

    /// <summary>Tree crowns and tussocks.</summary>
    public NoiseStack Crowns { get; }

    /// <summary>Light and dark, dry and wet soil.</summary>
    public NoiseStack Soil { get; }

    /// <summary>Bends straight lines of parcels and streets; pixels.</summary>
    public NoiseStack Bends { get; }

    /// <summary>Turbidity, bottom and pools.</summary>
    public NoiseStack Water { get; }

    /// <summary>Shape of large lakes and pits.</summary>
    public NoiseStack WideShore { get; }

    /// <summary>Shape of ponds.</summary>
    public NoiseStack NarrowShore { get; }

    /// <summary>How much farther into the open the woods reach in the hills; pixels.</summary>
    public float HillWoods { get; }

    /// <summary>About the distance in pixels to the edge of the woods, positive inside, before parcels shape
    /// it.</summary>
    public void FillWoods(Grid.PixelWindow window, ReadOnlySpan<float> hilliness, Span<float> plane)
    {
        _woods.Fill(window, plane);
        for (var i = 0; i < (int)window.Area; i++)
        {
            plane[i] += (HillWoods * hilliness[i]) - _treeLine;
        }
    }
}
