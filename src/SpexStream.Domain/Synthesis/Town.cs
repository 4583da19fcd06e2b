namespace SpexStream.Domain.Synthesis;

/// <summary>A town or village: a turned street grid that thins out towards its edge.</summary>
/// <param name="X">Centre, columns.</param>
/// <param name="Y">Centre, rows.</param>
/// <param name="Radius">Where about half of the blocks are built, in pixels.</param>
/// <param name="Turn">Direction of the streets in radians.</param>
/// <param name="BlockLength">Pixels from street to street.</param>
/// <param name="BlockWidth">Pixels from street to street, across.</param>
/// <param name="Seed">Decides the blocks.</param>
internal sealed record Town(
    float X, float Y, float Radius, float Turn, float BlockLength, float BlockWidth, uint Seed)
    : Site(X, Y, (1.9f * Radius) + 20)
{
    /// <summary>Cosine of <see cref="Turn"/>.</summary>
    public float Cos { get; } = MathF.Cos(Turn);

    /// <summary>Sine of <see cref="Turn"/>.</summary>
    public float Sin { get; } = MathF.Sin(Turn);

    private readonly NoiseStack _quarters = NoiseStack.Between(Seed, 0.9f * Radius, 0.2f * Radius, 0.75f, 0.7f);

    /// <summary>How densely built the block around a place is, in street coordinates; 0 and below is open
    /// land.</summary>
    public float Density(float along, float across, uint block) =>
        1.05f - (MathF.Sqrt((along * along) + (across * across)) / (1.15f * Radius))
            + (0.7f * _quarters.At(along, across)) + (0.3f * CoordinateHash.Unit(block, 1)) - 0.2f;

    /// <summary>How green the quarter around a place is, about -1..1.</summary>
    public float Greenness(float along, float across) => _quarters.At(across + (7 * Radius), along);
}
