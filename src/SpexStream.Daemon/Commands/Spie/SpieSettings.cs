using System.Collections.Immutable;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>What a training set is made from, and how.</summary>
internal sealed record SpieSettings
{
    /// <summary>Folder of the scenes.</summary>
    public required string Images { get; init; }

    /// <summary>Folder of the labels; null without any.</summary>
    public required string? Labels { get; init; }

    /// <summary>Whether questions tell the regions of the labels, which no real question can.</summary>
    public required bool PromptsFromLabels { get; init; }

    public required ImmutableArray<LandCoverClass> Classes { get; init; }

    public required string Out { get; init; }

    /// <summary>Seed of the parts.</summary>
    public required int Seed { get; init; }

    /// <summary>Whether to ask, too, where there is nothing.</summary>
    public required bool WithNegatives { get; init; }

    /// <summary>For scenes that no description stands beside.</summary>
    public required BandSettings Bands { get; init; }

    /// <summary>What must be the same for a run to go on where another one ended.</summary>
    public string Fingerprint => string.Join(
        '\n', Images, Labels, PromptsFromLabels, string.Join(',', Classes), Seed,
        WithNegatives, Bands.Fingerprint, "form 1");
}

/// <summary>What the command line says of the bands of a raster.</summary>
internal sealed record BandSettings(
    string[] Names, double? Scale, double? Offset, string? Nodata, RadiometryLevel? Level)
{
    public string Fingerprint =>
        FormattableString.Invariant($"{string.Join(',', Names)};{Scale};{Offset};{Nodata};{Level}");
}
