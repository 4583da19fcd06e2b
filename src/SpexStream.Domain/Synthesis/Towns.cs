namespace SpexStream.Domain.Synthesis;

/// <summary>One city at the lower main river, a few towns and many villages, none in the water or on top of
/// another.</summary>
internal static class Towns
{
    public static List<Town> Create(
        SceneFrame frame, Coast coast, Rivers rivers, IReadOnlyList<Lake> lakes, SeedStream seeds)
    {
        var towns = new List<Town>();
        var city = 0.070f * frame.Side;
        var bank = rivers.Main
            .Where(p => p.X > 0.2f * frame.Width && p.X < 0.8f * frame.Width && p.Y > city && p.Y < frame.Height - city)
            .OrderBy(p => MathF.Abs(coast.At(p.X, p.Y) - (1.9f * city)))
            .FirstOrDefault((frame.Width / 2f, frame.Height / 2f));
        towns.Add(New(bank.Item1 + (0.4f * city), bank.Item2 - (0.3f * city), city));
        for (var i = 0; i < 5; i++)
        {
            Place(seeds.Between(0.020f, 0.032f) * frame.Side);
        }

        for (var i = Math.Clamp((int)(frame.Side / 100), 3, 34); i > 0; i--)
        {
            Place(MathF.Max(seeds.Between(0.0045f, 0.009f) * frame.Side, 6));
        }

        return towns;

        void Place(float radius)
        {
            for (var attempt = 0; attempt < 40; attempt++)
            {
                var (x, y) = (frame.Width * seeds.Between(0.08f, 0.92f), frame.Height * seeds.Between(0.03f, 0.97f));
                if (coast.At(x, y) > 0.7f * radius && coast.Depth(x, y) < seeds.Between(0.4f, 0.9f)
                    && towns.TrueForAll(town =>
                        town.Distance(x, y) > (1.6f * (radius + town.Radius)) + (0.02f * frame.Side))
                    && lakes.All(lake => lake.Radius < 6 || lake.Distance(x, y) > radius + lake.Reach))
                {
                    towns.Add(New(x, y, radius));
                    return;
                }
            }
        }

        Town New(float x, float y, float radius) => new(
            x, y, radius, seeds.Between(0, MathF.PI), seeds.Between(12, 17), seeds.Between(8, 11), seeds.Bits());
    }
}
