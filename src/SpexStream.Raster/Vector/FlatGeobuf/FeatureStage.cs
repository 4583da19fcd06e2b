namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>
/// Brings one thread's features to the spool. Their sizes are known beforehand, so a feature of any size goes through
/// the same small buffer.
/// </summary>
internal sealed class FeatureStage(FeatureSpool spool)
{
    /// <summary>Most bytes that can be asked for at once.</summary>
    public const int BufferBytes = 1 << 17;

    private const long SlabBytes = 1 << 20;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private int _used;
    private long _start;
    private long _slabEnd;

    /// <summary>Begins a feature and says where it will lie.</summary>
    public long Begin(long bytes)
    {
        if (_slabEnd - (_start + _used) < bytes)
        {
            // The rest of the slab stays a hole in the temporary file.
            Flush();
            var slab = Math.Max(SlabBytes, bytes);
            _start = spool.Reserve(slab);
            _slabEnd = _start + slab;
        }

        return _start + _used;
    }

    /// <summary>The next bytes, to be filled before the next call.</summary>
    public Span<byte> Next(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            Flush();
        }

        var next = _buffer.AsSpan(_used, bytes);
        _used += bytes;
        return next;
    }

    /// <summary>Writes what is in the buffer.</summary>
    public void Flush()
    {
        spool.Write(_buffer.AsSpan(0, _used), _start);
        _start += _used;
        _used = 0;
    }
}
