using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Which per-pixel planes the products of a scene need: the confidence of each class, then the
/// diagnostics.</summary>
internal sealed class PlaneSet
{
    private const byte NoConfidence = 255;

    public PlaneSet(ProcessingOptions options)
    {
        Confidence = options.Products.HasFlag(ProductKinds.Confidence) ? options.Classes : [];
        HasDiagnostics = options.Products.HasFlag(ProductKinds.Diagnostics);
    }

    public ImmutableArray<LandCoverClass> Confidence { get; }

    public bool HasDiagnostics { get; }

    public int Count => Confidence.Length + (HasDiagnostics ? 1 : 0);

    /// <summary>Copies the planes of a tile out of its evidence, compressed.</summary>
    public unsafe ImmutableArray<byte[]> Take(TileEvidence evidence)
    {
        if (Count == 0)
        {
            return [];
        }

        var planes = ImmutableArray.CreateBuilder<byte[]>(Count);
        foreach (var value in Confidence)
        {
            planes.Add(PlaneCodec.Pack(evidence.Confidence(value, 0), evidence.Core, evidence.Stride));
        }

        if (HasDiagnostics)
        {
            planes.Add(PlaneCodec.Pack(evidence.Diagnostics(0), evidence.Core, evidence.Stride));
        }

        return planes.MoveToImmutable();
    }

    /// <summary>The planes of a tile without any answer.</summary>
    public ImmutableArray<byte[]> Empty(PixelWindow core) =>
    [
        .. Confidence.Select(_ => PlaneCodec.PackUniform(core, NoConfidence)),
        .. HasDiagnostics ? [PlaneCodec.PackUniform(core, 0)] : Array.Empty<byte[]>(),
    ];
}
