namespace SpexStream.Raster.Vector.FlatGeobuf;

/// <summary>What stands before the index: magic bytes, and the header (FlatGeobuf, header.fbs).</summary>
internal static class FlatGeobufHeader
{
    /// <summary>The geometry type of region files, as in well-known binary.</summary>
    public const byte MultiPolygon = 6;

    private const byte Int64Column = 7;
    private const byte DoubleColumn = 10;
    private const byte TextColumn = 11;
    private const int Pointer = sizeof(int);
    private const int Root = sizeof(int);
    private const int Wgs84Code = 4326;

    // As PROJ writes EPSG:4326 when its datum is the WGS 84 of 1984 alone. Readers go by the code.
    private const string Wgs84 =
        "GEOGCRS[\"WGS 84\",DATUM[\"World Geodetic System 1984\",ELLIPSOID[\"WGS 84\",6378137,298.257223563,"
        + "LENGTHUNIT[\"metre\",1]]],PRIMEM[\"Greenwich\",0,ANGLEUNIT[\"degree\",0.0174532925199433]],"
        + "CS[ellipsoidal,2],AXIS[\"geodetic latitude (Lat)\",north,ORDER[1],ANGLEUNIT[\"degree\",0.0174532925199433]],"
        + "AXIS[\"geodetic longitude (Lon)\",east,ORDER[2],ANGLEUNIT[\"degree\",0.0174532925199433]],"
        + "ID[\"EPSG\",4326]]";

    // The fourth byte is the major version of the format, the last one its patch level.
    private static ReadOnlySpan<byte> Magic => [(byte)'f', (byte)'g', (byte)'b', 3, (byte)'f', (byte)'g', (byte)'b', 1];

    /// <summary>Makes the bytes.</summary>
    /// <param name="features">Number of features.</param>
    /// <param name="extent">Box around all; the empty one where features have no place.</param>
    /// <param name="indexed">Whether an index follows.</param>
    public static byte[] Of(long features, Envelope extent, bool indexed)
    {
        var writer = new FlatBufferWriter();
        // features_count, name, envelope, columns, crs, index_node_size, geometry_type
        Span<(int, int)> fields =
        [
            (8, sizeof(long)), (0, Pointer), (7, Pointer), (10, Pointer), (1, Pointer), (9, sizeof(short)),
            (2, sizeof(byte)),
        ];
        var header = writer.Table(Root, fields);
        writer.SetInt64(header[0], features);
        writer.SetInt16(header[5], indexed ? PackedIndex.NodeSize : 0);
        writer.SetByte(header[6], MultiPolygon);
        writer.Text(header[1], "regions");
        AddColumns(writer, header[2]);
        AddCrs(writer, header[3]);
        writer.Doubles(header[4], extent.IsEmpty ? [] : [extent.MinX, extent.MinY, extent.MaxX, extent.MaxY]);
        return [.. Magic, .. writer.Finish()];
    }

    private static void AddColumns(FlatBufferWriter writer, int pointer)
    {
        (string Name, byte Type)[] columns =
        [
            .. RegionFields.Texts.Select(field => (field.Name, TextColumn)),
            .. RegionFields.Integers.Select(field => (field.Name, Int64Column)),
            .. RegionFields.Reals.Select(field => (field.Name, DoubleColumn)),
        ];
        var offsets = writer.Offsets(pointer, columns.Length);
        foreach (var (name, type) in columns)
        {
            var column = writer.Table(offsets, (0, Pointer), (1, sizeof(byte)));
            writer.SetByte(column[1], type);
            writer.Text(column[0], name);
            offsets += Pointer;
        }
    }

    private static void AddCrs(FlatBufferWriter writer, int pointer)
    {
        // org, name, wkt, code
        var crs = writer.Table(pointer, (0, Pointer), (2, Pointer), (4, Pointer), (1, sizeof(int)));
        writer.Text(crs[0], "EPSG");
        writer.Text(crs[1], "WGS 84");
        writer.Text(crs[2], Wgs84);
        writer.SetInt32(crs[3], Wgs84Code);
    }
}
