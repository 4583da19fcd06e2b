using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Regions;

/// <summary>
/// Counts the confidences of one component after another. Four tables take turns, because a long run of one value would
/// otherwise wait for its own last increment; a vector of equal values is one addition. Scratch of one thread.
/// </summary>
internal sealed unsafe class ConfidenceHistogram
{
    private const int Highest = 100;
    private const int Table = 256;
    private readonly int[] _counts = new int[4 * Table];
    private ConfidenceBin[] _bins = new ConfidenceBin[1024];
    private bool _wide;

    /// <summary>Bins of all components since <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    public void Clear() => Count = 0;

    public ConfidenceBin[] ToArray() => _bins.AsSpan(0, Count).ToArray();

    public void Add(byte* values, int length)
    {
        fixed (int* counts = _counts)
        {
            if (length < Vector256<byte>.Count)
            {
                for (var i = 0; i < length; i++)
                {
                    counts[values[i]]++;
                }

                return;
            }

            AddLong(values, length, counts);
            _wide = true;
        }
    }

    /// <summary>Ends a component: appends its non-empty bins, values ascending, and starts the next with
    /// none.</summary>
    /// <returns>Number of bins.</returns>
    public int Flush()
    {
        var counts = _counts.AsSpan();
        if (_wide)
        {
            for (var i = 0; i < Table; i++)
            {
                counts[i] += counts[i + Table] + counts[i + (2 * Table)] + counts[i + (3 * Table)];
            }

            counts[Table..].Clear();
            _wide = false;
        }

        if (Count + Highest + 1 > _bins.Length)
        {
            Array.Resize(ref _bins, _bins.Length * 2);
        }

        var before = Count;
        for (var value = counts.IndexOfAnyExcept(0); value is >= 0 and <= Highest;)
        {
            _bins[Count++] = new(value, counts[value]);
            counts[value] = 0;
            var next = counts[(value + 1)..(Highest + 1)].IndexOfAnyExcept(0);
            value = next < 0 ? Highest + 1 : value + 1 + next;
        }

        // What is above 100 says that a pixel has no confidence.
        counts[(Highest + 1)..Table].Clear();
        return Count - before;
    }

    private static void AddLong(byte* values, int length, int* counts)
    {
        var i = 0;
        for (; i + Vector256<byte>.Count <= length; i += Vector256<byte>.Count)
        {
            if (Vector256.EqualsAll(Vector256.Load(values + i), Vector256.Create(values[i])))
            {
                counts[values[i]] += Vector256<byte>.Count;
                continue;
            }

            for (var j = i; j < i + Vector256<byte>.Count; j += 8)
            {
                var eight = *(ulong*)(values + j);
                counts[(byte)eight]++;
                counts[Table + (byte)(eight >> 8)]++;
                counts[(2 * Table) + (byte)(eight >> 16)]++;
                counts[(3 * Table) + (byte)(eight >> 24)]++;
                counts[(byte)(eight >> 32)]++;
                counts[Table + (byte)(eight >> 40)]++;
                counts[(2 * Table) + (byte)(eight >> 48)]++;
                counts[(3 * Table) + (byte)(eight >> 56)]++;
            }
        }

        for (; i < length; i++)
        {
            counts[values[i]]++;
        }
    }
}
