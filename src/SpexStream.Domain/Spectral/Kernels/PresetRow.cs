using System.Runtime.Intrinsics;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Marks what is settled before any index: pixels that no strip covers, and those where every band, used or
/// not, equals its nodata value.</summary>
internal static unsafe class PresetRow<TSample>
    where TSample : struct, ISample
{
    /// <summary>Fills whole steps of sixteen from a window column on; scratch behind <paramref
    /// name="width"/>.</summary>
    public static void Fill(
        PixelPlanes pixels, ReadOnlySpan<float> nodata, int row, int column, int width, byte* target)
    {
        var padded = (width + Lanes.Count - 1) / Lanes.Count * Lanes.Count;
        var whole = new Span<byte>(target, padded);
        var covered = pixels.Covered.Intersect(
            new PixelWindow(pixels.Window.Column + column, pixels.Window.Row + row, width, 1));
        if (covered.IsEmpty)
        {
            whole.Fill(CoverCode.Nodata);
            return;
        }

        MarkNodata(pixels, nodata, row, column, padded, target);
        var first = covered.Column - pixels.Window.Column - column;
        whole[..first].Fill(CoverCode.Nodata);
        whole[(first + covered.Width)..].Fill(CoverCode.Nodata);
    }

    private static void MarkNodata(
        PixelPlanes pixels, ReadOnlySpan<float> nodata, int row, int column, int padded, byte* target)
    {
        new Span<byte>(target, padded).Fill(nodata.IsEmpty ? (byte)0 : CoverCode.Nodata);
        for (var band = 0; band < nodata.Length; band++)
        {
            var source = pixels.Row(band, row);
            var value = Vector512.Create(nodata[band]);
            var wantsNaN = float.IsNaN(nodata[band]);
            var any = Vector512<int>.Zero;
            for (nint i = 0; i < padded; i += Lanes.Count)
            {
                var dn = TSample.Load(source, column + i);
                var equal = wantsNaN ? ~Vector512.Equals(dn, dn) : Vector512.Equals(dn, value);
                var marked = Lanes.LoadBytes(target + i) & equal.AsInt32();
                any |= marked;
                Lanes.StoreBytes(marked, target + i);
            }

            if (any == Vector512<int>.Zero)
            {
                return;
            }
        }
    }
}
