using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>The one implementation, made for a sample type and a water rule.</summary>
internal sealed unsafe class TileEngine<TSample, TWater>(BandPlaces places, float[] nodata) : TileEngine
    where TSample : struct, ISample
    where TWater : struct, IWaterTest
{
    public override void Classify(
        PixelPlanes pixels, KernelSettings settings, TileEvidence evidence, TargetPlanes planes)
    {
        var core = pixels.Core;
        var (firstColumn, firstRow) = (core.Column - pixels.Window.Column, core.Row - pixels.Window.Row);
        var room = core.Width + Scratch.Padding;
        using var scratch = new Scratch((room * 5) + 256);
        var preset = scratch.Take<byte>(room);
        var textured = scratch.Take<byte>(room);
        var spare = scratch.Take<short>(room);
        using var texture = settings.Texture ? new TextureRows<TSample>(pixels, places, nodata, settings) : null;
        evidence.Begin(core);
        for (var row = 0; row < core.Height; row++)
        {
            texture?.Fill(row, textured);
            PresetRow<TSample>.Fill(pixels, nodata, firstRow + row, firstColumn, core.Width, preset);
            var source = Source(pixels, firstRow + row, firstColumn);
            source.Preset = preset;
            source.Texture = textured;
            var target = planes.Row(evidence, row, spare);
            CoverKernel<TSample, TWater>.Row(source, target, settings, core.Width);
            if (!TWater.HasSeeds)
            {
                new Span<byte>(target.Seeds, core.Width).Clear();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Row(
        PixelPlanes pixels, int row, int column, int width, KernelSettings settings, byte* preset, in RowTarget target)
    {
        PresetRow<TSample>.Fill(pixels, nodata, row, column, width, preset);
        var source = Source(pixels, row, column);
        source.Preset = preset;
        CoverKernel<TSample, TWater>.Row(source, target, settings, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool MayHoldCloud(PixelPlanes pixels, int row, int column, KernelSettings settings)
    {
        var source = Source(pixels, row, column);
        var blue = Pixels16.Linear(TSample.Load(source.Blue, 0), settings.BlueGain, settings.BlueBias);
        var cirrus = Pixels16.Linear(TSample.Load(source.Cirrus, 0), settings.CirrusGain, settings.CirrusBias);
        var either = Lanes.Above(blue, settings.CloudBlue) | Lanes.Above(cirrus, settings.CirrusAbove);
        return either.AsInt32() != Vector512<int>.Zero;
    }

    public override void Preset(PixelPlanes pixels, int row, int column, int width, byte* target) =>
        PresetRow<TSample>.Fill(pixels, nodata, row, column, width, target);

    public override void Count(void* row, int column, int width, byte* preset, long[] counts)
    {
        // Neighbours are often equal: two counters per key keep one increment from waiting for the other.
        for (var i = 0; i < width; i++)
        {
            counts[(TSample.Key(row, column + i) * 2) + (i & 1)] += preset[i] == 0 ? 1 : 0;
        }
    }

    public override void Keys(void* row, int column, Span<ushort> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = TSample.Key(row, column + i);
        }
    }

    public override float FromKey(ushort key) => TSample.FromKey(key);

    public override void Quantise(
        void* row, int column, int width, float gain, float bias, float scale, ushort* target)
    {
        for (nint i = 0; i < width; i += Lanes.Count)
        {
            var value = Pixels16.Linear(TSample.Load(row, column + i), gain, bias) * Vector512.Create(scale);
            var clamped = Vector512.MinNative(value, Vector512.Create(65535f));
            Lanes.StoreUnsignedWords(Lanes.Round(clamped), target + i);
        }
    }

    private RowSource Source(PixelPlanes pixels, int row, int column)
    {
        var offset = (nint)column * pixels.Type.ByteSize();
        return new()
        {
            Blue = (byte*)pixels.Row(places.Blue, row) + offset,
            Green = (byte*)pixels.Row(places.Green, row) + offset,
            Red = (byte*)pixels.Row(places.Red, row) + offset,
            Nir = (byte*)pixels.Row(places.Nir, row) + offset,
            Swir16 = (byte*)pixels.Row(places.Swir16, row) + offset,
            Swir22 = (byte*)pixels.Row(places.Swir22, row) + offset,
            Cirrus = (byte*)pixels.Row(places.Cirrus, row) + offset,
        };
    }
}
