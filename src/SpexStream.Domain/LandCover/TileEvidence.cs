using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.LandCover;

/// <summary>
/// What a backend found on the core of one tile: cover codes, and per pixel the numbers behind them. Unmanaged, rows
/// <see cref="Stride"/> apart; columns from Width to Stride are scratch that a vector loop may write. Whoever receives
/// it owns it and disposes it; it can be used again for another tile of at most the same size.
/// </summary>
public sealed unsafe class TileEvidence : IDisposable
{
    private const byte NoConfidence = 255;
    private const int BytePlanes = 6;
    private const int ShortPlanes = 4;
    private readonly int _maxHeight;
    private byte* _memory;

    /// <summary>Allocates planes for tiles of at most <paramref name="maxSize"/> x <paramref name="maxSize"/>
    /// pixels.</summary>
    public TileEvidence(int maxSize)
    {
        _maxHeight = maxSize;
        Stride = (maxSize + 63) / 64 * 64;
        var plane = (nuint)((long)Stride * _maxHeight);
        _memory = (byte*)NativeMemory.AlignedAlloc((plane * BytePlanes) + (plane * 2 * ShortPlanes) + 128, 64);
    }

    /// <summary>The tile's core in scene pixels.</summary>
    public PixelWindow Core { get; private set; }

    /// <summary>Pixels from one row to the next, in every plane.</summary>
    public int Stride { get; }

    /// <summary>Starts a tile; what the planes held before is undefined.</summary>
    public void Begin(PixelWindow core)
    {
        if (core.Width > Stride || core.Height > _maxHeight)
        {
            throw new ArgumentException($"Core {core} is larger than {Stride}x{_maxHeight}.", nameof(core));
        }

        Core = core;
    }

    /// <summary>Starts a tile of which nothing was measured: nodata, no confidence, all else 0.</summary>
    public void FillNodata(PixelWindow core)
    {
        Begin(core);
        var bytes = (uint)Stride;
        for (var row = 0; row < core.Height; row++)
        {
            Unsafe.InitBlock(Codes(row), CoverCode.Nodata, bytes);
            Unsafe.InitBlock(Diagnostics(row), 0, bytes);
            Unsafe.InitBlock(Seeds(row), 0, bytes);
            foreach (var value in LandCoverClasses.All)
            {
                Unsafe.InitBlock(Confidence(value, row), NoConfidence, bytes);
            }

            foreach (var kind in Enum.GetValues<IndexKind>())
            {
                Unsafe.InitBlock(Index(kind, row), 0, bytes * 2);
            }
        }
    }

    /// <summary><see cref="CoverCode"/> per pixel.</summary>
    public byte* Codes(int row) => Plane(0) + ((nint)row * Stride);

    /// <summary>Confidence 0..100 in the decision on a class, per pixel; 255 where there is none.</summary>
    public byte* Confidence(LandCoverClass value, int row) => Plane(1 + (int)value) + ((nint)row * Stride);

    /// <summary>Bits b0..b4 of the DSWx tests, b5 the Zou rule, b6 next to cloud, b7 saturated in one band.</summary>
    public byte* Diagnostics(int row) => Plane(4) + ((nint)row * Stride);

    /// <summary>Non-zero where a pixel is sure enough to keep its whole region (hysteresis), bit = RegionBit.</summary>
    public byte* Seeds(int row) => Plane(5) + ((nint)row * Stride);

    /// <summary>An index times 10000, rounded, clipped to -20000..20000; 0 where it is not defined.</summary>
    public short* Index(IndexKind kind, int row) =>
        (short*)(Plane(BytePlanes) + ((nint)kind * Stride * _maxHeight * 2)) + ((nint)row * Stride);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }

    private byte* Plane(int plane)
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        return _memory + ((nint)plane * Stride * _maxHeight);
    }
}
