using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Opens files by <see cref="StampedPath"/>, and only if they are still what was checked on their way in; a
/// plain path is opened as it is.</summary>
internal sealed class StampedStore(IRasterStore store) : IRasterStore
{
    public RasterInfo Describe(string path) => store.Describe(path);

    public IRasterReader Open(string path)
    {
        if (StampedPath.TryParse(path) is not { } stamped)
        {
            return store.Open(path);
        }

        // Looked at when it is open: what comes under this path later is another file.
        var reader = store.Open(stamped.Path);
        var file = new FileInfo(stamped.Path);
        if (file.Exists && new FileStamp(file.Length, file.LastWriteTimeUtc) is var now && now == stamped.Stamp)
        {
            return reader;
        }

        reader.Dispose();
        throw new RasterException(
            stamped.Path, null,
            $"has changed since it was announced: it had {stamped.Stamp}. Announce the strip again, and its tiles are done anew.");
    }
}
