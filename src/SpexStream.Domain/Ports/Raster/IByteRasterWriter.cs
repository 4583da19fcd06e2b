namespace SpexStream.Domain.Ports.Raster;

/// <summary>
/// Writes one product raster block by block, in any order, from any number of threads. The file exists after
/// <see cref="Complete"/>; without it nothing is left behind.
/// </summary>
public interface IByteRasterWriter : IDisposable
{
    /// <summary>Edge of a block in pixels.</summary>
    int BlockSize { get; }

    /// <summary>Writes a block of <see cref="BlockSize"/> squared pixels in row order, each block exactly once. Pixels
    /// behind the right and lower edge hold the format's padding.</summary>
    void Write(int blockX, int blockY, ReadOnlySpan<byte> pixels);

    /// <summary>Finishes the file; every block must have been written.</summary>
    void Complete();
}
