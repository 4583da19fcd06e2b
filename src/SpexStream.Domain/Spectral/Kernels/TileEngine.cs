using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>The kernels of one sample type and one water rule behind plain calls, one per row or tile.
/// Immutable.</summary>
internal abstract unsafe class TileEngine
{
    /// <summary>The engine for a scene.</summary>
    public static TileEngine Create(PixelType type, WaterMethod method, BandPlaces places, float[] nodata) =>
        type switch
        {
            PixelType.UInt8 => Create<UInt8Sample>(method, places, nodata),
            PixelType.Int16 => Create<Int16Sample>(method, places, nodata),
            PixelType.UInt16 => Create<UInt16Sample>(method, places, nodata),
            PixelType.Float32 => Create<Float32Sample>(method, places, nodata),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };

    /// <summary>Classifies the core of a tile.</summary>
    public abstract void Classify(
        PixelPlanes pixels, KernelSettings settings, TileEvidence evidence, TargetPlanes planes);

    /// <summary>Classifies one row of the window from a window column on; texture is left out.</summary>
    public abstract void Row(
        PixelPlanes pixels, int row, int column, int width, KernelSettings settings, byte* preset, in RowTarget target);

    /// <summary>Whether any of sixteen pixels from a window column on can be cloud; cheap, and never wrongly
    /// false.</summary>
    public abstract bool MayHoldCloud(PixelPlanes pixels, int row, int column, KernelSettings settings);

    /// <summary>Marks what is settled before any index; see <see cref="PresetRow{TSample}"/>.</summary>
    public abstract void Preset(PixelPlanes pixels, int row, int column, int width, byte* target);

    /// <summary>Counts samples that are not preset by key, even and odd columns side by side.</summary>
    public abstract void Count(void* row, int column, int width, byte* preset, long[] counts);

    /// <summary>Order-preserving keys of samples; see <see cref="ISample.Key"/>.</summary>
    public abstract void Keys(void* row, int column, Span<ushort> target);

    /// <summary>The least value that has a key.</summary>
    public abstract float FromKey(ushort key);

    /// <summary>round(clamp((DN * gain + bias) * scale, 0, 65535)), in whole steps of sixteen.</summary>
    public abstract void Quantise(
        void* row, int column, int width, float gain, float bias, float scale, ushort* target);

    private static TileEngine Create<TSample>(WaterMethod method, BandPlaces places, float[] nodata)
        where TSample : struct, ISample => method switch
        {
            WaterMethod.SwirReflectance => new TileEngine<TSample, SwirReflectanceTest>(places, nodata),
            WaterMethod.SwirCounts => new TileEngine<TSample, SwirCountsTest>(places, nodata),
            _ => new TileEngine<TSample, VisibleReflectanceTest>(places, nodata),
        };
}
