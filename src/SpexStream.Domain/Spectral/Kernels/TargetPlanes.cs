using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Which planes of an evidence one backend fills.</summary>
internal sealed unsafe class TargetPlanes(
    SpectralOutputs outputs, ImmutableArray<LandCoverClass> classes, ImmutableArray<IndexKind> indices)
{
    public bool Confidence { get; } = outputs.HasFlag(SpectralOutputs.Confidence);

    public bool Diagnostics { get; } = outputs.HasFlag(SpectralOutputs.Diagnostics);

    public bool Has(LandCoverClass value) => Confidence && classes.Contains(value);

    /// <summary>Pointers to one row; an index that the kernel computes but the bands do not give goes to a spare
    /// row.</summary>
    public RowTarget Row(TileEvidence evidence, int row, short* spare)
    {
        var target = new RowTarget
        {
            Codes = evidence.Codes(row),
            Seeds = evidence.Seeds(row),
            Diagnostics = Diagnostics ? evidence.Diagnostics(row) : null,
            WaterConfidence = Plane(evidence, LandCoverClass.Water, row),
            VegetationConfidence = Plane(evidence, LandCoverClass.Vegetation, row),
            BuildingsConfidence = Plane(evidence, LandCoverClass.Buildings, row),
        };
        if (outputs.HasFlag(SpectralOutputs.Indices))
        {
            target.Ndwi = Plane(evidence, IndexKind.Ndwi, row, spare);
            target.Ndvi = Plane(evidence, IndexKind.Ndvi, row, spare);
            target.Mndwi = Plane(evidence, IndexKind.Mndwi, row, spare);
            target.Ndbi = Plane(evidence, IndexKind.Ndbi, row, spare);
        }

        return target;
    }

    private byte* Plane(TileEvidence evidence, LandCoverClass value, int row) =>
        Has(value) ? evidence.Confidence(value, row) : null;

    private short* Plane(TileEvidence evidence, IndexKind kind, int row, short* spare) =>
        indices.Contains(kind) ? evidence.Index(kind, row) : spare;
}
