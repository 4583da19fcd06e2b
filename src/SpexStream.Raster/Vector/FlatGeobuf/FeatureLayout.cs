using System.Buffers.Binary;
using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>
/// Where the pieces of a feature lie, counted from its size prefix: a head with all tables' layouts, the properties,
/// the geometry with the list of its parts, then each part with its ring ends and its positions. Positions lie on
/// multiples of eight, all else on multiples of four.
/// </summary>
internal static class FeatureLayout
{
    /// <summary>Size of the head.</summary>
    public const int HeadBytes = 84;

    /// <summary>Size of the geometry's own table.</summary>
    public const int GeometryBytes = 12;

    private const byte Polygon = 3;
    private const int FeatureLayoutAt = 8;
    private const int GeometryLayout = 16;
    private const int FeatureTable = 72;
    private const int RingsLayout = 36;
    private const int RingLayout = 54;

    // Table layouts (vtables): their own size, the table's, and where in the table each field lies (0: nowhere).
    // A feature: geometry, properties. A geometry: ends, xy, z, m, t, tm, type, parts.
    private static readonly short[] Layouts =
    [
        8, 12, 4, 8,
        20, 12, 0, 0, 0, 0, 0, 0, 8, 4,
        18, 16, 4, 8, 0, 0, 0, 0, 12,
        18, 12, 0, 4, 0, 0, 0, 0, 8,
    ];

    /// <summary>Writes the head of a feature.</summary>
    /// <param name="head"><see cref="HeadBytes"/>.</param>
    /// <param name="bytes">Size of the feature.</param>
    /// <param name="geometry">Where its geometry lies; 0 without one.</param>
    public static void WriteHead(Span<byte> head, long bytes, long geometry)
    {
        Put(head, 0, bytes - sizeof(int));
        Put(head, 4, FeatureTable - 4);
        for (var i = 0; i < Layouts.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(head[(FeatureLayoutAt + (2 * i))..], Layouts[i]);
        }

        if (geometry == 0)
        {
            BinaryPrimitives.WriteInt16LittleEndian(head[(FeatureLayoutAt + 4)..], 0);
        }

        Put(head, FeatureTable, FeatureTable - FeatureLayoutAt);
        Put(head, FeatureTable + 4, geometry == 0 ? 0 : geometry - (FeatureTable + 4));
        Put(head, FeatureTable + 8, HeadBytes - (FeatureTable + 8));
    }

    /// <summary>Where the geometry lies, or the end of a feature without one, behind so many bytes of
    /// properties.</summary>
    public static long AfterProperties(int propertyBytes) => (HeadBytes + sizeof(int) + (long)propertyBytes + 3) & ~3;

    /// <summary>Writes the geometry's own table.</summary>
    public static void WriteGeometry(Span<byte> table, long at)
    {
        Put(table, 0, at - GeometryLayout);
        Put(table, 4, 8);
        Put(table, 8, FlatGeobufHeader.MultiPolygon);
    }

    /// <summary>Writes the table of a part.</summary>
    /// <param name="table"><see cref="TableBytes"/>.</param>
    /// <param name="at">Where the part lies.</param>
    /// <param name="rings">Its rings.</param>
    public static void WritePart(Span<byte> table, long at, int rings)
    {
        var positions = PositionsAt(at, rings);
        if (rings == 1)
        {
            Put(table, 0, at - RingLayout);
            Put(table, 4, positions - (at + 4));
            Put(table, 8, Polygon);
            return;
        }

        Put(table, 0, at - RingsLayout);
        Put(table, 4, TableBytes(rings) - 4);
        Put(table, 8, positions - (at + 8));
        Put(table, 12, Polygon);
    }

    /// <summary>Size of a part's table.</summary>
    public static int TableBytes(int rings) => rings == 1 ? 12 : 16;

    /// <summary>Where the number of coordinates of a part lies; they follow.</summary>
    public static long PositionsAt(long part, int rings)
    {
        var ends = rings == 1 ? 0 : sizeof(int) * (1L + rings);
        return ((part + TableBytes(rings) + ends + 3) & ~7L) + 4;
    }

    /// <summary>Where the first part lies.</summary>
    public static long FirstPart(long geometry, int parts) => geometry + GeometryBytes + (sizeof(int) * (1L + parts));

    /// <summary>The end of a part.</summary>
    public static long PartEnd(long part, int rings, long positions) =>
        PositionsAt(part, rings) + sizeof(int) + (2 * sizeof(double) * positions);

    /// <summary>Positions in the rings of one part.</summary>
    public static long PositionsOf(IGroundShape shape, int ring, int ringEnd)
    {
        long positions = 0;
        for (; ring < ringEnd; ring++)
        {
            positions += shape.RingLength(ring);
        }

        return positions;
    }

    private static void Put(Span<byte> bytes, int at, long value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[at..], (uint)value);
}
