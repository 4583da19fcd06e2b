using System.Collections.Immutable;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Import;

/// <summary>How a checkpoint becomes a pack.</summary>
public sealed record SpexImportOptions
{
    /// <summary>Number format of the large products.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Name of the model; the folder's where none is given.</summary>
    public string? Name { get; init; }

    /// <summary>Version of the model.</summary>
    public string Version { get; init; } = "1";

    /// <summary>Common names of the bands of the network's channels. May be left out for three: red, green, blue.</summary>
    public ImmutableArray<string> Bands { get; init; } = [];

    /// <summary>Side of the square image, in pixels.</summary>
    public int SizePixels { get; init; } = 512;

    /// <summary>Most tokens of an answer.</summary>
    public int MostNewTokens { get; init; } = 256;

    /// <summary>Most tokens of prompt, image and answer together.</summary>
    public int MostPositions { get; init; } = 4096;
}
