using System.Runtime.InteropServices;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Row buffers of one thread's work on one tile, outside of the collected heap. Zeroed once.</summary>
internal sealed unsafe class Scratch : IDisposable
{
    /// <summary>What a vector loop may touch beyond the last pixel.</summary>
    public const int Padding = 64;

    private readonly int _size;
    private byte* _memory;
    private int _used;

    public Scratch(int bytes)
    {
        _size = bytes;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        NativeMemory.Clear(_memory, (nuint)bytes);
    }

    /// <summary>Room for a row, 64-byte aligned; lives as long as this object.</summary>
    public T* Take<T>(int count)
        where T : unmanaged
    {
        var bytes = ((count * sizeof(T)) + 63) / 64 * 64;
        if (_used + bytes > _size)
        {
            throw new InvalidOperationException("The scratch memory of a tile is laid out too small.");
        }

        var place = _memory + _used;
        _used += bytes;
        return (T*)place;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
