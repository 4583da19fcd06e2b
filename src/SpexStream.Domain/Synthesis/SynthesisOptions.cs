namespace SpexStream.Domain.Synthesis;

/// <summary>What scene to make. The same options give the same pixels.</summary>
public sealed record SynthesisOptions
{
    /// <summary>Smallest width and height in pixels.</summary>
    public const int SmallestSide = 64;

    /// <summary>Largest width and height in pixels.</summary>
    public const int LargestSide = 65_536;

    /// <summary>Decides the landscape, the weather and the sensor noise.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Columns, <see cref="SmallestSide"/> to <see cref="LargestSide"/>. Coast, rivers and towns scale with
    /// the shorter side; parcels, streets and buildings keep about their size in pixels.</summary>
    public int Width { get; init; } = 4096;

    /// <summary>Rows, <see cref="SmallestSide"/> to <see cref="LargestSide"/>.</summary>
    public int Height { get; init; } = 4096;

    /// <summary>Ground size of a pixel in metres, above 0 and at most 1000. It sets the grid and
    /// the length of the shadows; the landscape itself is laid out in pixels.</summary>
    public double PixelSizeMetres { get; init; } = 10;

    /// <summary>Strips that the scene is delivered in, 1 to <see cref="Height"/>.</summary>
    public int Strips { get; init; } = 8;

    /// <summary>When the first row was sensed.</summary>
    public DateTimeOffset AcquiredFrom { get; init; } = new(2026, 8, 27, 10, 2, 31, TimeSpan.Zero);

    /// <summary>Height of the sun above the horizon in degrees, 15 to 85. The default is right for the default time and
    /// place, as is that of <see cref="SunAzimuthDegrees"/>.</summary>
    public double SunElevationDegrees { get; init; } = 51.5;

    /// <summary>Direction of the sun in degrees clockwise from north.</summary>
    public double SunAzimuthDegrees { get; init; } = 156;

    /// <summary>Throws for the first value that is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Check()
    {
        Check(Width is >= SmallestSide and <= LargestSide, nameof(Width), Width);
        Check(Height is >= SmallestSide and <= LargestSide, nameof(Height), Height);
        Check(PixelSizeMetres is > 0 and <= 1000, nameof(PixelSizeMetres), PixelSizeMetres);
        Check(Strips >= 1 && Strips <= Height, nameof(Strips), Strips);
        Check(SunElevationDegrees is >= 15 and <= 85, nameof(SunElevationDegrees), SunElevationDegrees);
        Check(double.IsFinite(SunAzimuthDegrees), nameof(SunAzimuthDegrees), SunAzimuthDegrees);
    }

    private static void Check(bool holds, string name, object value)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, "Out of the range of a made scene.");
        }
    }
}
