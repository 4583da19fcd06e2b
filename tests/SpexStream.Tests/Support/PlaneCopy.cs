using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Tests.Support;

/// <summary>Copies of unmanaged planes.</summary>
internal static unsafe class PlaneCopy
{
    /// <summary>Planes of their own with the same pixels.</summary>
    public static PixelPlanes Of(PixelPlanes pixels)
    {
        var copy = new PixelPlanes(pixels.Window, pixels.Core, pixels.Bands, pixels.Type) { Covered = pixels.Covered };
        for (var band = 0; band < pixels.Bands; band++)
        {
            Buffer.MemoryCopy(pixels.Row(band, 0), copy.Row(band, 0), copy.PlaneBytes, pixels.PlaneBytes);
        }

        return copy;
    }

    /// <summary>Copies everything that a tile's evidence says.</summary>
    public static void Copy(TileEvidence from, TileEvidence to)
    {
        to.Begin(from.Core);
        var width = (long)from.Core.Width;
        for (var row = 0; row < from.Core.Height; row++)
        {
            Buffer.MemoryCopy(from.Codes(row), to.Codes(row), width, width);
            Buffer.MemoryCopy(from.Diagnostics(row), to.Diagnostics(row), width, width);
            Buffer.MemoryCopy(from.Seeds(row), to.Seeds(row), width, width);
            foreach (var value in LandCoverClasses.All)
            {
                Buffer.MemoryCopy(from.Confidence(value, row), to.Confidence(value, row), width, width);
            }

            foreach (var kind in Enum.GetValues<IndexKind>())
            {
                Buffer.MemoryCopy(from.Index(kind, row), to.Index(kind, row), width * 2, width * 2);
            }
        }
    }
}
