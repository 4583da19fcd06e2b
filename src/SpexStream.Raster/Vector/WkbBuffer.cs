using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector;

/// <summary>Writes multipolygons as well-known binary (OGC 06-103r4, 8.2), little-endian, into one buffer used again.</summary>
internal sealed class WkbBuffer
{
    private const byte LittleEndian = 1;
    private const int Polygon = 3;
    private const int MultiPolygon = 6;
    private byte[] _buffer = new byte[1 << 16];

    /// <summary>The bytes of a shape; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(GroundShape shape)
    {
        var size = 9 + (shape.PolygonEnds.Count * 9) + (shape.RingEnds.Count * 4) + (shape.Coordinates.Count * 8);
        if (_buffer.Length < size)
        {
            _buffer = new byte[size * 2];
        }

        var at = Header(0, MultiPolygon, shape.PolygonEnds.Count);
        var coordinates = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(shape.Coordinates));
        var (ring, position) = (0, 0);
        foreach (var polygonEnd in shape.PolygonEnds)
        {
            at = Header(at, Polygon, polygonEnd - ring);
            for (; ring < polygonEnd; ring++)
            {
                var end = shape.RingEnds[ring];
                BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(at), end - position);
                at += 4;
                var bytes = coordinates[(position * 16)..(end * 16)];
                bytes.CopyTo(_buffer.AsSpan(at));
                at += bytes.Length;
                position = end;
            }
        }

        return _buffer.AsSpan(0, at);
    }

    private int Header(int at, int type, int count)
    {
        _buffer[at] = LittleEndian;
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(at + 1), type);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(at + 5), count);
        return at + 9;
    }
}
