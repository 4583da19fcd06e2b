using System.Runtime.CompilerServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;

namespace SpexStream.Inference.Segmentation;

/// <summary>The answer on a tile of which nothing was measured.</summary>
internal static unsafe class NodataEvidence
{
    private const byte NoConfidence = 255;

    public static void Fill(TileEvidence evidence, PixelWindow core)
    {
        evidence.Begin(core);
        var bytes = (uint)core.Width;
        for (var row = 0; row < core.Height; row++)
        {
            Unsafe.InitBlock(evidence.Codes(row), CoverCode.Nodata, bytes);
            Unsafe.InitBlock(evidence.Diagnostics(row), 0, bytes);
            Unsafe.InitBlock(evidence.Seeds(row), 0, bytes);
            foreach (var value in LandCoverClasses.All)
            {
                Unsafe.InitBlock(evidence.Confidence(value, row), NoConfidence, bytes);
            }
        }
    }
}
