using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Pipeline.Models;
using SpexStream.Pipeline.Pixels;

namespace SpexStream.Pipeline.Work;

/// <summary>What one worker thread keeps from tile to tile.</summary>
internal sealed class WorkerScratch(
    string device, IRasterStore store, ReadGuard? guard = null, ModelDevice? models = null)
    : IDisposable
{
    private TileEvidence? _evidence;
    private int _evidenceSize;

    /// <summary>The device that this worker is pinned to ("cpu:0").</summary>
    public string Device { get; } = device;

    /// <summary>Where the device computes models; null for one that only runs rules.</summary>
    public ModelDevice? Models => models;

    /// <summary>The thread's open files.</summary>
    public ReaderSet Readers { get; } = new(store, guard: guard);

    /// <summary>Evidence planes for tiles of a size; the same planes every time.</summary>
    public TileEvidence Evidence(int tileSize)
    {
        if (_evidence is null || _evidenceSize < tileSize)
        {
            _evidence?.Dispose();
            _evidence = new TileEvidence(tileSize);
            _evidenceSize = tileSize;
        }

        return _evidence;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Readers.Dispose();
        _evidence?.Dispose();
    }
}
