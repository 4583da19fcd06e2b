using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>A sample type, as the kernels see it; each gives code of its own through static dispatch.</summary>
internal unsafe interface ISample
{
    /// <summary>Whether a sample can be NaN or infinite.</summary>
    static abstract bool MayBeNotFinite { get; }

    /// <summary>Sixteen samples as numbers, from any address.</summary>
    static abstract Vector512<float> Load(void* row, nint column);

    /// <summary>A 16-bit key in the order of the values; exact for integers, the upper half of the bits for
    /// floats.</summary>
    static abstract ushort Key(void* row, nint column);

    /// <summary>The least value that has this key.</summary>
    static abstract float FromKey(ushort key);
}
