namespace SpexStream.Domain.Ports.Raster;

/// <summary>
/// Writes regions to files. Regions come in batches of at least one, numbered from 0 on without a gap; the files'
/// content depends on the numbers only, not on which thread fills a batch or when.
/// </summary>
public interface IRegionWriter : IDisposable
{
    /// <summary>
    /// Opens a batch; the caller fills it, completes it and disposes it, on one thread. Several threads may each have a
    /// batch open. Numbers are to be taken in rising order: a batch may wait for those before it.
    /// </summary>
    IRegionBatch Open(int number);

    /// <summary>Finishes the FlatGeobuf file, when all batches are complete; it may be read from then on. Any
    /// thread.</summary>
    /// <exception cref="Imagery.RasterException">It cannot be written.</exception>
    void CompleteFlatGeobuf();

    /// <summary>The same of the GeoJSON file; both may be finished at the same time.</summary>
    /// <exception cref="Imagery.RasterException">It cannot be written.</exception>
    void CompleteGeoJson();
}
