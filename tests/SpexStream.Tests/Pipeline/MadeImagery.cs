using SpexStream.Domain.Imagery;

namespace SpexStream.Tests.Pipeline;

/// <summary>What a made scene is announced as: which of its six bands are named, and whether it is
/// calibrated.</summary>
internal sealed record MadeImagery(string Name, string[] Bands, double? Scale, RadiometryLevel? Level)
{
    private static readonly string[] Six = ["blue", "green", "red", "nir", "swir16", "swir22"];
    private static readonly string[] Four = ["blue", "green", "red", "nir", "b5", "b6"];

    public static MadeImagery SixBands { get; } = new("six", Six, 0.0001, RadiometryLevel.SurfaceReflectance);

    public static MadeImagery FourBands { get; } = new("four", Four, 0.0001, RadiometryLevel.SurfaceReflectance);

    public static MadeImagery SixRaw { get; } = new("six-raw", Six, null, null);

    public static MadeImagery FourRaw { get; } = new("four-raw", Four, null, null);

    public static MadeImagery ByName(string name) =>
        new[] { SixBands, FourBands, SixRaw, FourRaw }.Single(imagery => imagery.Name == name);
}
