using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace SpexStream.Inference.Checkpoint;

/// <summary>
/// A part of a tensor mapped into memory, read-only. Whoever asked for it disposes it; after that its spans must not be
/// touched. It stays valid when its file object is disposed. Not safe against a file that another program shortens.
/// </summary>
public sealed unsafe class TensorView : IDisposable
{
    private readonly MemoryMappedViewAccessor? _view;
    private readonly int _bytes;
    private byte* _first;

    internal TensorView(MemoryMappedFile file, long offset, int bytes)
    {
        _bytes = bytes;
        if (bytes > 0)
        {
            _view = file.CreateViewAccessor(offset, bytes, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _first);
            _first += _view.PointerOffset;
        }
    }

    /// <summary>The bytes, little-endian.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_first is null && _bytes > 0, this);
            return new(_first, _bytes);
        }
    }

    /// <summary>The elements, on a little-endian machine.</summary>
    /// <typeparam name="T">The element type's equal in C# (float, Half, long, byte; ushort for BF16).</typeparam>
    public ReadOnlySpan<T> As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_first is not null)
        {
            _first = null;
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
        }
    }
}
