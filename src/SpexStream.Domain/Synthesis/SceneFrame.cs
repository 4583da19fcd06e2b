namespace SpexStream.Domain.Synthesis;

/// <summary>The measures that every part of a made scene shares: size, swath and sun. Lengths are in pixels.</summary>
internal sealed class SceneFrame
{
    private readonly float _slant;
    private readonly float _margin;

    public SceneFrame(SynthesisOptions options, SeedStream seeds)
    {
        Width = options.Width;
        Height = options.Height;
        Side = Math.Min(options.Width, options.Height);
        PixelSize = (float)options.PixelSizeMetres;
        Scale = Side / 4096f;
        Detail = Math.Clamp(MathF.Sqrt(Scale), 0.35f, 1);
        _slant = seeds.Between(0.07f, 0.11f) * Width;
        _margin = 0.01f * Width;

        var azimuth = (float)(options.SunAzimuthDegrees * Math.PI / 180);
        var elevation = (float)(options.SunElevationDegrees * Math.PI / 180);
        SunEast = MathF.Sin(azimuth) * MathF.Cos(elevation);
        SunNorth = MathF.Cos(azimuth) * MathF.Cos(elevation);
        SunUp = MathF.Sin(elevation);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The shorter side.</summary>
    public float Side { get; }

    /// <summary>Metres.</summary>
    public float PixelSize { get; }

    /// <summary>1 for a side of 4096 pixels.</summary>
    public float Scale { get; }

    /// <summary>Scale of what should stay recognisable in small scenes: parcels, river widths.</summary>
    public float Detail { get; }

    /// <summary>Unit vector to the sun.</summary>
    public float SunEast { get; }

    /// <inheritdoc cref="SunEast"/>
    public float SunNorth { get; }

    /// <inheritdoc cref="SunEast"/>
    public float SunUp { get; }

    /// <summary>First column of the swath in a row; the pass runs down and a little to the left.</summary>
    public float SwathLeft(int row) => _margin + (_slant * (1 - (row / (float)Height)));

    /// <summary>First column behind the swath in a row.</summary>
    public float SwathRight(int row) => Width - _margin - (_slant * (row / (float)Height));

    /// <summary>A regular sample of places in the swath, for finding thresholds by quantile.</summary>
    public IEnumerable<(float X, float Y)> Samples(int perSide)
    {
        for (var i = 0; i < perSide; i++)
        {
            var y = (i + 0.5f) * Height / perSide;
            for (var j = 0; j < perSide; j++)
            {
                var x = (j + 0.5f) * Width / perSide;
                if (x >= SwathLeft((int)y) && x < SwathRight((int)y))
                {
                    yield return (x, y);
                }
            }
        }
    }

    /// <summary>The value below which a share of the values lies.</summary>
    public static float Quantile(IEnumerable<float> values, float share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Clamp(share * sorted.Length, 0, sorted.Length - 1)];
    }
}
