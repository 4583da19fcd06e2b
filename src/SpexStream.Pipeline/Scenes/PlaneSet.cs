using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Which per-pixel planes the products of a scene need: the confidence of each class, then the
/// diagnostics; and behind them what no product shows: what a second backend says.</summary>
internal sealed class PlaneSet
{
    private const byte NoConfidence = 255;

    /// <summary>The planes of a scene.</summary>
    /// <param name="options">How it is worked on.</param>
    /// <param name="hasSecond">Whether a second backend has a say.</param>
    public PlaneSet(ProcessingOptions options, bool hasSecond = false)
    {
        HasSecond = hasSecond;
        Confidence = options.Products.HasFlag(ProductKinds.Confidence) ? options.Classes : [];
        HasDiagnostics = options.Products.HasFlag(ProductKinds.Diagnostics);
    }

    public ImmutableArray<LandCoverClass> Confidence { get; }

    public bool HasDiagnostics { get; }

    public bool HasSecond { get; }

    /// <summary>Number of the second backend's plane, where there is one.</summary>
    public int Second => Confidence.Length + (HasDiagnostics ? 1 : 0);

    public int Count => Second + (HasSecond ? 1 : 0);

    /// <summary>Copies the planes of a tile out of its evidence, compressed.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="second">The second backend's plane; null where it says nothing of the tile.</param>
    public unsafe ImmutableArray<byte[]> Take(TileEvidence evidence, byte[]? second)
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

        if (HasSecond)
        {
            planes.Add(second ?? PlaneCodec.PackUniform(evidence.Core, SecondRules.Silence));
        }

        return planes.MoveToImmutable();
    }

    /// <summary>The planes of a tile without any answer.</summary>
    public ImmutableArray<byte[]> Empty(PixelWindow core) =>
    [
        .. Confidence.Select(_ => PlaneCodec.PackUniform(core, NoConfidence)),
        .. HasDiagnostics ? [PlaneCodec.PackUniform(core, 0)] : Array.Empty<byte[]>(),
        .. HasSecond ? [PlaneCodec.PackUniform(core, SecondRules.Silence)] : Array.Empty<byte[]>(),
    ];
}
