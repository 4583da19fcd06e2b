using System.Buffers.Binary;
using System.Text;

namespace SpexStream.Tests.Raster;

/// <summary>A FlatGeobuf file read as its specification says: header, index, features in file order.</summary>
internal sealed class FlatGeobufReading
{
    private const int NodeBytes = 40;
    private const int NodeSize = 16;
    private readonly byte[] _bytes;
    private readonly int _index;
    private readonly int[] _levels;

    public FlatGeobufReading(string path)
    {
        _bytes = File.ReadAllBytes(path);
        _index = 8 + 4 + BitConverter.ToInt32(_bytes, 8);
        Header = FlatTable.Root(_bytes.AsMemory(8, _index - 8));
        _levels = Header.Int16Field(9) == 0 ? [] : [.. Levels((int)Header.Int64Field(8))];
        FirstFeature = _index + (_levels.Sum() * NodeBytes);
        for (var at = FirstFeature; at < _bytes.Length; at += 4 + BitConverter.ToInt32(_bytes, at))
        {
            Features.Add(
                (at - FirstFeature, FlatTable.Root(_bytes.AsMemory(at, 4 + BitConverter.ToInt32(_bytes, at)))));
        }
    }

    public ReadOnlySpan<byte> Magic => _bytes.AsSpan(0, 8);

    public FlatTable Header { get; }

    public int FirstFeature { get; }

    public List<(long Offset, FlatTable Feature)> Features { get; } = [];

    /// <summary>Offsets of the features whose boxes the index holds for touched by a box, by walking down the
    /// tree.</summary>
    public List<long> Search(double minX, double minY, double maxX, double maxY)
    {
        List<long> found = [];
        Walk(0, _levels.Length - 1);
        return found;

        void Walk(long first, int level)
        {
            long start = _levels.Skip(level + 1).Sum();
            for (var node = first; node < Math.Min(first + NodeSize, start + _levels[level]); node++)
            {
                if (Number(node, 0) <= maxX && Number(node, 1) <= maxY && Number(node, 2) >= minX
                    && Number(node, 3) >= minY)
                {
                    var offset = BinaryPrimitives.ReadInt64LittleEndian(Node(node)[32..]);
                    if (level == 0)
                    {
                        found.Add(offset);
                    }
                    else
                    {
                        Walk(offset, level - 1);
                    }
                }
            }
        }
    }

    /// <summary>Rings of all polygons of a feature, flat: x, y, x, y ...</summary>
    public static double[][][] Polygons(FlatTable feature) =>
        [.. feature.Table(0).Tables(7).Select(part =>
        {
            var positions = part.Doubles(1);
            int[] ends = part.Field(0) == 0 ? [positions.Length / 2] : part.Ints(0);
            return ends.Select((end, i) => positions[(i == 0 ? 0 : 2 * ends[i - 1])..(2 * end)]).ToArray();
        })];

    /// <summary>The properties by the number of their column.</summary>
    public Dictionary<int, object> Properties(FlatTable feature)
    {
        var columns = Header.Tables(7);
        var values = new Dictionary<int, object>();
        var bytes = feature.Vector(1, 1).Span;
        while (!bytes.IsEmpty)
        {
            var column = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
            var (length, skip) = columns[column].Byte(1) == 11
                ? (BinaryPrimitives.ReadInt32LittleEndian(bytes[2..]), 6)
                : (8, 2);
            values[column] = columns[column].Byte(1) switch
            {
                7 => BinaryPrimitives.ReadInt64LittleEndian(bytes[2..]),
                10 => BinaryPrimitives.ReadDoubleLittleEndian(bytes[2..]),
                _ => Encoding.UTF8.GetString(bytes.Slice(6, length)),
            };
            bytes = bytes[(skip + length)..];
        }

        return values;
    }

    private static List<int> Levels(int count)
    {
        List<int> levels = [count];
        do
        {
            levels.Add((levels[^1] + NodeSize - 1) / NodeSize);
        }
        while (levels[^1] > 1);
        return levels;
    }

    private double Number(long node, int number) => BinaryPrimitives.ReadDoubleLittleEndian(Node(node)[(8 * number)..]);

    private ReadOnlySpan<byte> Node(long node) => _bytes.AsSpan(_index + ((int)node * NodeBytes), NodeBytes);
}
