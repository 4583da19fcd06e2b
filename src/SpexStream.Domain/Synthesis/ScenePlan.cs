namespace SpexStream.Domain.Synthesis;

/// <summary>The map behind a made scene: everything that is decided once. Immutable; read by many threads.</summary>
internal sealed class ScenePlan
{
    public ScenePlan(SynthesisOptions options)
    {
        var seeds = new SeedStream((ulong)options.Seed);
        Frame = new(options, seeds);
        Coast = new(Frame, seeds);
        Rivers = new(Frame, Coast, seeds);
        RiverDistance = CoarseField.DistanceTo(Frame.Width, Frame.Height, Rivers.Index.Strokes);
        Lakes = Synthesis.Lakes.Create(Frame, Coast, seeds);
        Towns = Synthesis.Towns.Create(Frame, Coast, Rivers, Lakes, seeds);
        Site[] lakes = [.. Lakes.Where(lake => lake.Radius > 6)];
        Mines = Synthesis.Mines.Create(Frame, Coast, RiverDistance, [.. Towns, .. lakes], seeds);
        Roads = Synthesis.Roads.Create(Frame, Coast, Towns, [.. lakes, .. Mines], seeds);
        Relief = new(Frame, Coast, seeds);
        Parcels = new(Frame, seeds);
        Textures = new(Frame, Coast, Relief, seeds);
        Weather = new(Frame, seeds);
        NoiseSeed = seeds.Bits();
    }

    public SceneFrame Frame { get; }

    public Coast Coast { get; }

    public Rivers Rivers { get; }

    public CoarseField RiverDistance { get; }

    public IReadOnlyList<Lake> Lakes { get; }

    public IReadOnlyList<Town> Towns { get; }

    public StrokeIndex Roads { get; }

    public IReadOnlyList<Mine> Mines { get; }

    public Relief Relief { get; }

    public Parcels Parcels { get; }

    public Textures Textures { get; }

    public Weather Weather { get; }

    /// <summary>Seed of the sensor's noise.</summary>
    public uint NoiseSeed { get; }
}
