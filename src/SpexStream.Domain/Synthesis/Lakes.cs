namespace SpexStream.Domain.Synthesis;

/// <summary>A lake or pond: a circle bent by noise, filled with water of one kind.</summary>
internal sealed record Lake(
    float X, float Y, float Radius, float Stretch, float Turn, Cover Water, float Sediment, float Steepness)
    : Site(X, Y, 1.6f * Stretch * Radius)
{
    private readonly float _cos = MathF.Cos(Turn);
    private readonly float _sin = MathF.Sin(Turn);

    /// <summary>Distance of a point to the centre, in pixels across the lake; along it they count less.</summary>
    public float Stretched(float x, float y)
    {
        var along = (((x - X) * _cos) + ((y - Y) * _sin)) / Stretch;
        var across = (((y - Y) * _cos) - ((x - X) * _sin)) * Stretch;
        return MathF.Sqrt((along * along) + (across * across));
    }
}

/// <summary>One large lake, a handful of middle ones and many ponds, all on land.</summary>
internal static class Lakes
{
    public static List<Lake> Create(SceneFrame frame, Coast coast, SeedStream seeds)
    {
        var lakes = new List<Lake>();
        Add(0.045f * frame.Side, Spectra.ClearWater, 0.04f, 0.18f);
        for (var i = 0; i < 9; i++)
        {
            var humic = seeds.Unit() < 0.5f;
            Add(seeds.Between(0.005f, 0.014f) * frame.Side, humic ? Spectra.HumicWater : Spectra.AlgalWater,
                seeds.Between(0, 0.12f), 0.12f);
        }

        for (var i = Math.Clamp((int)(frame.Side / 45), 4, 90); i > 0; i--)
        {
            var water = seeds.Unit() < 0.3f ? Spectra.AlgalWater : Spectra.HumicWater;
            Add(seeds.Between(1.2f, 5.5f), water, seeds.Between(0, 0.5f), 0.3f);
        }

        return lakes;

        void Add(float radius, Cover water, float sediment, float steepness)
        {
            for (var attempt = 0; attempt < 30; attempt++)
            {
                var (x, y) = (frame.Width * seeds.Between(0.08f, 0.92f), frame.Height * seeds.Between(0.04f, 0.96f));
                if (coast.At(x, y) > (2.6f * radius) + (0.02f * frame.Side)
                    && lakes.TrueForAll(lake => lake.Distance(x, y) > 2.4f * (radius + lake.Radius)))
                {
                    lakes.Add(new(
                        x, y, radius, seeds.Between(1, 1.6f), seeds.Between(0, MathF.PI), water, sediment, steepness));
                    return;
                }
            }
        }
    }
}
