using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Pipeline.Pixels;

/// <summary>The open readers of one worker thread: one handle per file, the least recently used closed beyond a bound.</summary>
public sealed class ReaderSet(IRasterStore store, int capacity = 16) : IDisposable
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
