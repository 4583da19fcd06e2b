namespace SpexStream.Domain.Ports.Raster;

/// <summary>
/// Writes regions to one file. Batches are filled by any number of threads at once, each by one thread; they are written
/// one after the other, in the order that the file shall have.
/// </summary>
public interface IRegionWriter : IDisposable
{
    /// <summary>An empty batch; the caller fills it, has it written and disposes it.</summary>
    IRegionBatch NewBatch();

    /// <summary>Writes a batch of this writer behind those written before. One call at a time.</summary>
    /// <exception cref="Imagery.RasterException">It cannot be written.</exception>
    void Write(IRegionBatch batch);

    /// <summary>Finishes the file.</summary>
    /// <exception cref="Imagery.RasterException">It cannot be written.</exception>
    void Complete();
}
