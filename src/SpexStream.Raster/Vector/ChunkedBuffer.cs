using System.Buffers;

namespace SpexStream.Raster.Vector;

/// <summary>
/// A buffer that grows by chunks and never copies what it holds: the outline of one region can be a hundred megabytes of
/// text, and a doubling array would need three times that.
/// </summary>
internal sealed class ChunkedBuffer : IBufferWriter<byte>
{
    private const int ChunkBytes = 1 << 20;
    private readonly List<byte[]> _full = [];
    private readonly List<int> _lengths = [];
    private byte[] _current = new byte[1 << 16];
    private int _used;

    public bool IsEmpty => _used == 0 && _full.Count == 0;

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _current.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _current.AsSpan(_used);
    }

    public void CopyTo(Stream stream)
    {
        for (var i = 0; i < _full.Count; i++)
        {
            stream.Write(_full[i], 0, _lengths[i]);
        }

        stream.Write(_current, 0, _used);
    }

    /// <summary>Empties it; only the chunk at hand is kept.</summary>
    public void Clear()
    {
        _full.Clear();
        _lengths.Clear();
        _used = 0;
    }

    private void Reserve(int bytes)
    {
        if (_current.Length - _used >= bytes)
        {
            return;
        }

        _full.Add(_current);
        _lengths.Add(_used);
        _current = new byte[Math.Max(ChunkBytes, bytes)];
        _used = 0;
    }
}
