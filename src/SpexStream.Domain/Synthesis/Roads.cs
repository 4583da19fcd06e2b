namespace SpexStream.Domain.Synthesis;

/// <summary>Roads from every town to the nearest one before it, trunk roads to the edges of the scene and a
/// runway.</summary>
internal static class Roads
{
    /// <summary>Creates the network; the tint is 0 for asphalt, 1 for concrete.</summary>
    public static StrokeIndex Create(
        SceneFrame frame, Coast coast, IReadOnlyList<Town> towns, IReadOnlyList<Site> obstacles, SeedStream seeds)
    {
        var strokes = new List<Stroke>();
        for (var i = 1; i < towns.Count; i++)
        {
            var town = towns[i];
            var near = towns.Take(i).OrderBy(other => other.Distance(town.X, town.Y)).Take(i > 6 ? 1 : 2);
            var trunk = town.Radius > 0.015f * frame.Side;
            foreach (var other in near)
            {
                Connect((town.X, town.Y), (other.X, other.Y), trunk ? 1.0f : 0.42f, trunk ? 0.5f : 0.1f);
            }
        }

        var city = towns[0];
        var reach = 1.2f * (frame.Width + frame.Height);
        foreach (var turn in (ReadOnlySpan<float>)[-1.9f, 1.7f, 3.1f])
        {
            var angle = MathF.Atan2(coast.SeawardY, coast.SeawardX) + turn + seeds.Between(-0.2f, 0.2f);
            var (sin, cos) = MathF.SinCos(angle);
            Connect((city.X, city.Y), (city.X + (reach * cos), city.Y + (reach * sin)), 1.25f, 0.6f);
        }

        AddRunway();
        return new(frame.Width, frame.Height, strokes);

        void Connect((float X, float Y) from, (float X, float Y) to, float halfWidth, float tint)
        {
            var (dx, dy) = (to.X - from.X, to.Y - from.Y);
            var length = MathF.Sqrt((dx * dx) + (dy * dy));
            var longest = MathF.Max(0.12f * frame.Side, 20);
            var bends = NoiseStack.Between(seeds.Bits(), longest, 12, 0.035f * frame.Side, 1.2f);
            var steps = Math.Max((int)(length / 6), 2);
            var points = new List<(float X, float Y)>();
            for (var i = 0; i <= steps; i++)
            {
                var t = i / (float)steps;
                var off = bends.At(t * length, 0) * Curves.Clamp01(12 * t * (1 - t));
                var (x, y) = (from.X + (dx * t) - (dy * off / length), from.Y + (dy * t) + (dx * off / length));
                var shortOfShore = MathF.Max(0.012f * frame.Side - coast.At(x, y), 0);
                points.Add(Around(obstacles, x - (coast.SeawardX * shortOfShore), y - (coast.SeawardY * shortOfShore)));
            }

            var half = MathF.Max(halfWidth * frame.Detail, MathF.Min(halfWidth, 0.4f));
            strokes.AddRange(Stroke.Along(points, half, half, tint));
        }

        void AddRunway()
        {
            var away = 1.9f * city.Radius;
            var (x, y) = (city.X - (coast.SeawardX * away), city.Y - (coast.SeawardY * away));
            var (sin, cos) = MathF.SinCos(seeds.Between(0, MathF.PI));
            var half = 0.45f * city.Radius;
            var side = MathF.Max(0.05f * city.Radius, 3);
            strokes.Add(new(x - (half * cos), y - (half * sin), x + (half * cos), y + (half * sin), 2.3f, 2.3f, 0.35f));
            strokes.Add(new(
                x - (half * cos) - (side * sin), y - (half * sin) + (side * cos),
                x + (half * cos) - (side * sin), y + (half * sin) + (side * cos), 0.9f, 0.9f, 0.7f));
        }
    }

    private static (float X, float Y) Around(IReadOnlyList<Site> obstacles, float x, float y)
    {
        foreach (var site in obstacles)
        {
            var distance = MathF.Max(site.Distance(x, y), 0.1f);
            if (distance < site.Reach)
            {
                var push = site.Reach / distance;
                (x, y) = (site.X + ((x - site.X) * push), site.Y + ((y - site.Y) * push));
            }
        }

        return (x, y);
    }
}
