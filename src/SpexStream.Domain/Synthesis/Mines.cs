namespace SpexStream.Domain.Synthesis;

/// <summary>An open pit with terraces and a pond at its bottom.</summary>
/// <param name="X">Centre, columns.</param>
/// <param name="Y">Centre, rows.</param>
/// <param name="Radius">Pixels.</param>
/// <param name="Rock">What most of it is made of.</param>
/// <param name="Seam">What is dug up.</param>
internal sealed record Mine(float X, float Y, float Radius, Cover Rock, Cover Seam) : Site(X, Y, 2 * Radius);

/// <summary>A coal mine and a few limestone quarries, away from towns, lakes, rivers and the coast.</summary>
internal static class Mines
{
    public static List<Mine> Create(
        SceneFrame frame, Coast coast, CoarseField riverDistance, IReadOnlyList<Site> others, SeedStream seeds)
    {
        var mines = new List<Mine>();
        Add(0.042f, Spectra.Overburden, Spectra.Coal);
        for (var i = 0; i < 4; i++)
        {
            Add(seeds.Between(0.004f, 0.012f), Spectra.Limestone, Spectra.Overburden);
        }

        return mines;

        void Add(float size, Cover rock, Cover seam)
        {
            var radius = size * frame.Side;
            (float X, float Y) best = default;
            var bestRoom = float.NegativeInfinity;
            for (var attempt = 0; attempt < 40; attempt++)
            {
                var (x, y) = (frame.Width * seeds.Between(0.15f, 0.85f), frame.Height * seeds.Between(0.12f, 0.88f));
                var room = MathF.Min(riverDistance.At(x, y), coast.At(x, y) - (0.1f * frame.Side));
                foreach (var site in others.Concat(mines))
                {
                    room = MathF.Min(room, site.Distance(x, y) - site.Reach);
                }

                if (room > bestRoom)
                {
                    (best, bestRoom) = ((x, y), room);
                }
            }

            mines.Add(new(best.X, best.Y, radius, rock, seam));
        }
    }
}
