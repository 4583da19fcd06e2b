namespace SpexStream.Domain.Synthesis;

/// <summary>Terraced pits: benches of rock, bands of what is dug, wet floors.</summary>
internal static class MinePainter
{
    private const float BenchPixels = 7;

    /// <summary>The ground with the mine on it, where there is a mine.</summary>
    public static Cover At(BlockFields fields, int i, int x, int y, Cover ground)
    {
        foreach (var mine in fields.Mines)
        {
            var shape = mine.Radius > 40 ? fields.WideShore[i] : 0.6f * fields.WideShore[i];
            var inward = (mine.Radius * (1 + (0.75f * shape))) + (1.2f * fields.NarrowShore[i]) - mine.Distance(x, y);
            var share = Curves.Inside(inward);
            if (share > 0)
            {
                ground = ground.Mix(Pit(mine, fields, i, inward), share);
            }
        }

        return ground;
    }

    /// <summary>Distance inward from the bank of the pond at the bottom of a mine, in pixels.</summary>
    public static float PondInward(Mine mine, BlockFields fields, int i, int x, int y) =>
        (mine.Radius * (0.22f + (0.2f * fields.WideShore[i]))) + (1.5f * fields.NarrowShore[i]) - mine.Distance(x, y);

    private static Cover Pit(Mine mine, BlockFields fields, int i, float inward)
    {
        var bench = (inward + (3 * fields.WideShore[i])) / BenchPixels;
        var step = bench - MathF.Floor(bench);
        var seam = Curves.Smooth(0.1f, 0.5f, fields.Soil[i] + (0.35f * MathF.Sin(0.8f * bench)));
        var rock = mine.Rock.Mix(mine.Seam, 0.8f * seam);
        var floor = Curves.Smooth(0.6f, 0.9f, inward / mine.Radius);
        var slope = step < 0.22f ? 0.72f : 1 + (0.10f * fields.Crowns[i]);
        return rock.Mix(Spectra.WetSoil, 0.5f * floor).Lit(slope * (1 + (0.15f * fields.Soil[i])));
    }
}
