using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;

namespace SpexStream.Domain.Imagery;

/// <summary>
/// The pixels of one tile with its halo: one plane per band, unmanaged memory, 64-byte aligned rows. The part of the
/// window beyond the scene, or not covered by any strip, is marked in <see cref="Covered"/> and holds zeros.
/// Whoever receives it owns it and disposes it. Not safe for writing from several threads.
/// </summary>
public sealed unsafe class PixelPlanes : IDisposable
{
    /// <summary>Samples that a vector loop may read behind the last pixel of a row.</summary>
    public const int RowPadding = 64;

    private void* _memory;
    private readonly nuint _planeBytes;

    /// <summary>Allocates zeroed planes for a window.</summary>
    /// <param name="window">Core and halo, in scene pixels.</param>
    /// <param name="core">The part that is answered for, inside of <paramref name="window"/>.</param>
    /// <param name="bands">Number of bands, at least 1.</param>
    /// <param name="type">Sample type of every band.</param>
    public PixelPlanes(PixelWindow window, PixelWindow core, int bands, PixelType type)
    {
        if (!window.Contains(core) || core.IsEmpty)
        {
            throw new ArgumentException($"Core {core} is not a part of window {window}.", nameof(core));
        }

        (Window, Core, Bands, Type) = (window, core, bands, type);
        Stride = (window.Width + RowPadding + 63) / 64 * 64;
        _planeBytes = (nuint)((long)Stride * window.Height * type.ByteSize());
        var bytes = (_planeBytes * (nuint)bands) + 128;
        _memory = NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(_memory, bytes);
        GC.AddMemoryPressure((long)bytes);
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
        ObjectDisposedException.ThrowIf(_memory is null, this);
        return (byte*)_memory + ((nuint)band * _planeBytes) + ((nuint)row * (nuint)Stride * (nuint)Type.ByteSize());
    }

    /// <summary>The samples of one window row, <see cref="Window"/> wide.</summary>
    public Span<T> RowSpan<T>(int band, int row)
        where T : unmanaged => new(Row(band, row), Window.Width);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_memory is not null)
        {
            NativeMemory.AlignedFree(_memory);
            _memory = null;
            GC.RemoveMemoryPressure((long)((_planeBytes * (nuint)Bands) + 128));
        }
    }
}
