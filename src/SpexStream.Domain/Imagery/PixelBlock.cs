using System.Runtime.InteropServices;

namespace SpexStream.Domain.Imagery;

/// <summary>A piece of unmanaged memory, 64-byte aligned.</summary>
internal readonly unsafe record struct PixelBlock(nint Address, nuint Bytes)
{
    public static PixelBlock Allocate(nuint bytes) => new((nint)NativeMemory.AlignedAlloc(bytes, 64), bytes);

    public void Free() => NativeMemory.AlignedFree((void*)Address);
}
