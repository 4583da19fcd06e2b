using Microsoft.Win32.SafeHandles;

namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>
/// Puts a FlatGeobuf file together once all features are in the spool: header, index, and the features in the order of
/// the index, copied by several threads. Without places there is no index, and features come as they were meant to.
/// </summary>
internal static class FlatGeobufFile
{
    private const long PartBytes = 4 << 20;
    private const int BufferBytes = 1 << 19;

    /// <summary>Writes the file.</summary>
    public static void Write(string path, FeatureSpool spool)
    {
        var items = spool.Items.ToArray();
        var extent = items.Aggregate(Envelope.Empty, (box, item) => box.With(item.Box));
        var indexed = items.Length > 0 && Array.TrueForAll(items, item => !item.Box.IsEmpty);
        if (indexed)
        {
            HilbertOrder.Sort(items, extent);
        }
        else
        {
            Array.Sort(items, (a, b) => a.Order.CompareTo(b.Order));
        }

        byte[] front =
        [
            .. FlatGeobufHeader.Of(items.Length, extent, indexed),
            .. indexed ? PackedIndex.Build(items) : [],
        ];
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None);
        RandomAccess.Write(file, front, 0);
        Parallel.ForEach(
            Parts(items, front.Length),
            () => GC.AllocateUninitializedArray<byte>(BufferBytes),
            (part, _, buffer) =>
            {
                Copy(items.AsSpan(part.First, part.End - part.First), spool, file, part.Offset, buffer);
                return buffer;
            },
            _ => { });
    }

    private static List<(int First, int End, long Offset)> Parts(FeatureItem[] items, long offset)
    {
        List<(int First, int End, long Offset)> parts = [];
        var (first, bytes) = (0, 0L);
        for (var i = 0; i < items.Length; i++)
        {
            bytes += items[i].Bytes;
            if (bytes >= PartBytes || i + 1 == items.Length)
            {
                parts.Add((first, i + 1, offset));
                (first, offset, bytes) = (i + 1, offset + bytes, 0);
            }
        }

        return parts;
    }

    private static void Copy(
        ReadOnlySpan<FeatureItem> items, FeatureSpool spool, SafeFileHandle file, long offset, byte[] buffer)
    {
        var used = 0;
        foreach (var item in items)
        {
            for (long done = 0; done < item.Bytes;)
            {
                if (used == buffer.Length)
                {
                    RandomAccess.Write(file, buffer, offset);
                    (offset, used) = (offset + used, 0);
                }

                var count = (int)Math.Min(item.Bytes - done, buffer.Length - used);
                spool.Read(buffer.AsSpan(used, count), item.Offset + done);
                (used, done) = (used + count, done + count);
            }
        }

        RandomAccess.Write(file, buffer.AsSpan(0, used), offset);
    }
}
