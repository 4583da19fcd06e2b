using System.Runtime.Intrinsics;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Halves confidence within two pixels of cloud, also of cloud in the halo, and marks it as diagnostic bit
/// 6.</summary>
internal static unsafe class CloudEdges
{
    /// <summary>Pixels from a cloud within which an answer counts half.</summary>
    public const int Reach = 2;

    private const int NearCloud = 0x40;
    private const int Box = (2 * Reach) + 1;

    /// <summary>Works on a classified tile.</summary>
    public static void Apply(
        TileEngine engine, PixelPlanes pixels, KernelSettings settings, TileEvidence evidence, TargetPlanes planes)
    {
        var core = pixels.Core;
        var stride = (core.Width + (2 * Reach) + 127) / 64 * 64;
        using var scratch = new Scratch((stride * (core.Height + (2 * Box))) + (stride * 2) + 512);
        var clouds = scratch.Take<byte>(stride * (core.Height + (2 * Reach)));
        if (!CollectClouds(engine, pixels, settings, evidence, clouds, stride, scratch))
        {
            return;
        }

        var near = scratch.Take<byte>(stride);
        for (var row = 0; row < core.Height; row++)
        {
            Spread(clouds + ((nint)row * stride), near, stride, core.Width);
            if (planes.Diagnostics)
            {
                Mark(near, evidence.Codes(row), evidence.Diagnostics(row), core.Width);
            }

            foreach (var value in LandCoverClasses.All)
            {
                if (planes.Has(value))
                {
                    Halve(near, evidence.Confidence(value, row), core.Width);
                }
            }
        }
    }

    private static bool CollectClouds(
        TileEngine engine, PixelPlanes pixels, KernelSettings settings, TileEvidence evidence, byte* clouds, int stride,
        Scratch scratch)
    {
        var core = pixels.Core;
        var row = core.Row - pixels.Window.Row;
        var halo = new HaloCloud(engine, pixels, settings with { Buildings = false, Texture = false }, scratch, stride);
        var any = false;
        for (var y = -Reach; y < core.Height + Reach; y++)
        {
            var line = clouds + ((nint)(y + Reach) * stride);
            var inside = y >= 0 && y < core.Height;
            halo.Find(row + y, -Reach, inside ? Reach : core.Width + (2 * Reach), line);
            if (inside)
            {
                halo.Find(row + y, core.Width, Reach, line + Reach + core.Width);
                Buffer.MemoryCopy(evidence.Codes(y), line + Reach, core.Width, core.Width);
            }

            any |= new Span<byte>(line, core.Width + (2 * Reach)).Contains(CoverCode.Cloud);
        }

        return any;
    }

    private static void Spread(byte* clouds, byte* near, int stride, int width)
    {
        var cloud = Vector512.Create(CoverCode.Cloud);
        for (nint i = 0; i < width; i += Vector512<byte>.Count)
        {
            var found = Vector512<byte>.Zero;
            for (var dy = 0; dy < Box; dy++)
            {
                for (var dx = 0; dx < Box; dx++)
                {
                    found |= Vector512.Equals(Vector512.Load(clouds + ((nint)dy * stride) + i + dx), cloud);
                }
            }

            found.Store(near + i);
        }
    }

    private static void Mark(byte* near, byte* codes, byte* diagnostics, int width)
    {
        for (var i = 0; i < width; i++)
        {
            if (codes[i] != CoverCode.Nodata)
            {
                diagnostics[i] |= (byte)(near[i] & NearCloud);
            }
        }
    }

    private static void Halve(byte* near, byte* confidence, int width)
    {
        for (var i = 0; i < width; i++)
        {
            confidence[i] = near[i] != 0 && confidence[i] <= 100 ? (byte)(confidence[i] >> 1) : confidence[i];
        }
    }

    /// <summary>Cover codes of a few pixels around the core, by the same kernel as the core's own.</summary>
    private readonly struct HaloCloud(
        TileEngine engine, PixelPlanes pixels, KernelSettings settings, Scratch scratch, int stride)
    {
        private readonly byte* _preset = scratch.Take<byte>(stride);
        private readonly byte* _seeds = scratch.Take<byte>(stride);

        public void Find(int row, int coreColumn, int width, byte* target)
        {
            var column = coreColumn + pixels.Core.Column - pixels.Window.Column;
            if (width > Lanes.Count || engine.MayHoldCloud(pixels, row, column, settings))
            {
                var rowTarget = new RowTarget { Codes = target, Seeds = _seeds };
                engine.Row(pixels, row, column, width, settings, _preset, rowTarget);
            }
        }
    }
}
