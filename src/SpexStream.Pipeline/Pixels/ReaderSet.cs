using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Pipeline.Work;

namespace SpexStream.Pipeline.Pixels;

/// <summary>The open readers of one worker thread: one handle per file, the least recently used closed beyond a
/// bound.</summary>
internal sealed class ReaderSet(IRasterStore store, int capacity = 16, ReadGuard? guard = null) : IDisposable
{
    private readonly LinkedList<(string Identity, IRasterReader Reader)> _open = [];

    /// <summary>The reader of a file; opened on first use. Valid until the next call.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What the path holds: with another identity the file is opened anew.</param>
    public IRasterReader Get(string path, string identity)
    {
        for (var node = _open.First; node is not null; node = node.Next)
        {
            if (node.Value.Identity == identity)
            {
                _open.Remove(node);
                _open.AddFirst(node);
                return node.Value.Reader;
            }
        }

        var reader = store.Open(path);
        _open.AddFirst((identity, reader));
        if (_open.Count > capacity)
        {
            _open.Last!.Value.Reader.Dispose();
            _open.RemoveLast();
        }

        return reader;
    }

    /// <summary>Reads a window of a strip's file. Blocks; where a guard watches, no longer than it allows.</summary>
    /// <param name="strip">The strip.</param>
    /// <param name="window">What to read, in file pixels.</param>
    /// <param name="planes">Where to; its window is the same.</param>
    /// <param name="giveUp">Told on another thread when the read is given up; the planes are then in use until it
    /// returns.</param>
    public void Read(StripRaster strip, PixelWindow window, PixelPlanes planes, Action<Exception> giveUp)
    {
        if (guard is null)
        {
            Read();
            return;
        }

        guard.Read(strip.Path, window, Read, giveUp);

        void Read() => Get(strip.Path, strip.Identity).Read(window, strip.FileBands, planes, 0, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, reader) in _open)
        {
            reader.Dispose();
        }

        _open.Clear();
    }
}
