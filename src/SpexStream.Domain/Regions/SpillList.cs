using System.Runtime.CompilerServices;

namespace SpexStream.Domain.Regions;

/// <summary>
/// A growing list of unmanaged values in chunks of a <see cref="SpillStore"/>: values never move, so a reference stays
/// good while the store lives. Not thread-safe for writing.
/// </summary>
/// <typeparam name="T">At most <see cref="SpillStore.ChunkBytes"/> large.</typeparam>
internal sealed unsafe class SpillList<T>
    where T : unmanaged
{
    private static readonly int Shift = System.Numerics.BitOperations.Log2((uint)(SpillStore.ChunkBytes / sizeof(T)));
    private readonly SpillStore _store;
    private nint[] _chunks = new nint[4];
    private int _chunkCount;

    public SpillList(SpillStore store) => _store = store;

    /// <summary>Values in one chunk: a power of two.</summary>
    public static int PerChunk => 1 << Shift;

    public long Count { get; private set; }

    public ref T this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref ((T*)_chunks[index >> Shift])[index & ((1L << Shift) - 1)];
    }

    public void Add(in T value)
    {
        Grow(Count + 1);
        this[Count - 1] = value;
    }

    /// <summary>Lengthens the list to <paramref name="count"/> values; the new ones are zero.</summary>
    public void Grow(long count)
    {
        while ((long)_chunkCount << Shift < count)
        {
            if (_chunkCount == _chunks.Length)
            {
                Array.Resize(ref _chunks, 2 * _chunkCount);
            }

            _chunks[_chunkCount++] = _store.Take();
        }

        Count = Math.Max(Count, count);
    }

    /// <summary>The values from <paramref name="first"/> on, as far as they lie in one chunk.</summary>
    public Span<T> Slice(long first, int count)
    {
        var inChunk = (int)(first & ((1L << Shift) - 1));
        return new((T*)_chunks[first >> Shift] + inChunk, Math.Min(count, PerChunk - inChunk));
    }

    /// <summary>Values in a row; copied to <paramref name="scratch"/> only when they lie in several chunks.</summary>
    public ReadOnlySpan<T> Read(long first, int count, ref T[] scratch)
    {
        if (count == 0)
        {
            return [];
        }

        var part = Slice(first, count);
        if (part.Length == count)
        {
            return part;
        }

        if (scratch.Length < count)
        {
            scratch = new T[Math.Max(count, 2 * scratch.Length)];
        }

        for (var done = 0; done < count; done += part.Length)
        {
            part = Slice(first + done, count - done);
            part.CopyTo(scratch.AsSpan(done));
        }

        return scratch.AsSpan(0, count);
    }
}
