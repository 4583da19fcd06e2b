using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Imagery;

/// <summary>
/// The pixels of one tile with its halo: one plane per band, unmanaged memory, 64-byte aligned rows. What lies outside
/// of
/// <see cref="Covered"/> (beyond the scene, or not in any strip) is undefined and must be taken as nodata.
/// Whoever receives it owns it and disposes it. Not safe for writing from several threads.
/// </summary>
public sealed unsafe class PixelPlanes : IDisposable
{
    /// <summary>Samples that a vector loop may read behind the last pixel of a row.</summary>
    public const int RowPadding = 64;

    private readonly nuint _planeBytes;
    private readonly PixelPool? _pool;
    private PixelBlock _block;

    /// <summary>Allocates zeroed planes for a window.</summary>
    /// <param name="window">Core and halo, in scene pixels.</param>
    /// <param name="core">The part that is answered for, inside of <paramref name="window"/>.</param>
    /// <param name="bands">Number of bands, at least 1.</param>
    /// <param name="type">Sample type of every band.</param>
    public PixelPlanes(PixelWindow window, PixelWindow core, int bands, PixelType type)
        : this(window, core, bands, type, null) => NativeMemory.Clear((void*)_block.Address, _block.Bytes);

    internal PixelPlanes(PixelWindow window, PixelWindow core, int bands, PixelType type, PixelPool? pool)
    {
        if (!window.Contains(core) || core.IsEmpty)
        {
            throw new ArgumentException($"Core {core} is not a part of window {window}.", nameof(core));
        }

        (Window, Core, Bands, Type) = (window, core, bands, type);
        Stride = (window.Width + RowPadding + 63) / 64 * 64;
        _planeBytes = (nuint)((long)Stride * window.Height * type.ByteSize());
        // Vector loops may read behind the last row; 128 bytes cover the widest load.
        var bytes = (_planeBytes * (nuint)bands) + 128;
        _pool = pool;
        _block = pool is null ? PixelBlock.Allocate(bytes) : pool.Rent(bytes);
        Covered = window;
    }

    /// <summary>Core and halo, in scene pixels.</summary>
    public PixelWindow Window { get; }

    /// <summary>The part that is answered for, in scene pixels.</summary>
    public PixelWindow Core { get; }

    /// <summary>Number of planes.</summary>
    public int Bands { get; }

    /// <summary>Sample type of every plane.</summary>
    public PixelType Type { get; }

    /// <summary>Samples from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The rows and columns that really hold pixels of the scene; set by the reader.</summary>
    public PixelWindow Covered { get; set; }

    /// <summary>Address of the first sample of a window row (0 = first row of <see cref="Window"/>).</summary>
    public void* Row(int band, int row)
    {
        ObjectDisposedException.ThrowIf(_block.Address == 0, this);
        return (byte*)_block.Address + ((nuint)band * _planeBytes) + (
            (nuint)row * (nuint)Stride * (nuint)Type.ByteSize());
    }

    /// <summary>The samples of one window row, <see cref="Window"/> wide.</summary>
    public Span<T> RowSpan<T>(int band, int row)
        where T : unmanaged => new(Row(band, row), Window.Width);

    /// <summary>Bytes from one band's plane to the next.</summary>
    public nuint PlaneBytes => _planeBytes;

    /// <inheritdoc/>
    public void Dispose()
    {
        var block = _block;
        _block = default;
        if (block.Address == 0)
        {
            return;
        }

        if (_pool is null)
        {
            block.Free();
        }
        else
        {
            _pool.Return(block);
        }
    }
}
