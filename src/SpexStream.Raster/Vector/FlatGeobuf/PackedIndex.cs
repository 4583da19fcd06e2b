using System.Buffers.Binary;

namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>
/// The packed Hilbert R-tree of FlatGeobuf: nodes of sixteen boxes, level by level, the root first. A leaf names its
/// feature by its offset behind the index, any other node its first child by number.
/// </summary>
internal static class PackedIndex
{
    /// <summary>Children of a node.</summary>
    public const ushort NodeSize = 16;

    private const int NodeBytes = 40;

    /// <summary>The tree over features in their final order; empty without features.</summary>
    public static byte[] Build(ReadOnlySpan<FeatureItem> items)
    {
        var levels = Levels(items.Length);
        var nodes = new (Envelope Box, long Offset)[levels.Sum()];
        var first = nodes.Length - items.Length;
        long offset = 0;
        for (var i = 0; i < items.Length; i++)
        {
            nodes[first + i] = (items[i].Box, offset);
            offset += items[i].Bytes;
        }

        for (var level = 1; level < levels.Count; level++)
        {
            first -= levels[level];
            Join(nodes, first, levels[level], levels[level - 1]);
        }

        return Bytes(nodes);
    }

    // Nodes per level, leaves first. There is a root even over a single leaf.
    private static List<int> Levels(int features)
    {
        List<int> levels = [];
        if (features > 0)
        {
            levels.Add(features);
            do
            {
                levels.Add((levels[^1] + NodeSize - 1) / NodeSize);
            }
            while (levels[^1] > 1);
        }

        return levels;
    }

    private static void Join((Envelope Box, long Offset)[] nodes, int first, int parents, int children)
    {
        var (child, end) = (first + parents, first + parents + children);
        for (var parent = first; child < end; parent++)
        {
            nodes[parent] = (Envelope.Empty, child);
            for (var i = 0; i < NodeSize && child < end; i++, child++)
            {
                nodes[parent].Box = nodes[parent].Box.With(nodes[child].Box);
            }
        }
    }

    private static byte[] Bytes((Envelope Box, long Offset)[] nodes)
    {
        var bytes = new byte[nodes.Length * (long)NodeBytes];
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = bytes.AsSpan(i * NodeBytes, NodeBytes);
            var (box, offset) = nodes[i];
            BinaryPrimitives.WriteDoubleLittleEndian(node, box.MinX);
            BinaryPrimitives.WriteDoubleLittleEndian(node[8..], box.MinY);
            BinaryPrimitives.WriteDoubleLittleEndian(node[16..], box.MaxX);
            BinaryPrimitives.WriteDoubleLittleEndian(node[24..], box.MaxY);
            BinaryPrimitives.WriteInt64LittleEndian(node[32..], offset);
        }

        return bytes;
    }
}
