using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector;

/// <summary>
/// Writes multipolygons as GeoJSON text. Coordinates have seven decimals (about a centimetre), written as whole numbers of
/// ten-millionths: several times as fast as general formatting of doubles, and there are millions of them.
/// </summary>
internal sealed class CoordinateText
{
    private const int Decimals = 7;
    private const long Unit = 10_000_000;
    private const int LongestPosition = 32;
    private byte[] _buffer = new byte[1 << 16];
    private int _length;

    /// <summary>The geometry object of a shape; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(GroundShape shape)
    {
        _length = 0;
        Reserve(64 + (shape.Coordinates.Count / 2 * LongestPosition) + (shape.RingEnds.Count * 4) + (shape.PolygonEnds.Count * 4));
        Put("{\"type\":\"MultiPolygon\",\"coordinates\":["u8);
        var (ring, position) = (0, 0);
        for (var polygon = 0; polygon < shape.PolygonEnds.Count; polygon++)
        {
            Put(polygon == 0 ? "["u8 : ",["u8);
            for (var first = ring; ring < shape.PolygonEnds[polygon]; ring++)
            {
                Put(ring == first ? "["u8 : ",["u8);
                for (var start = position; position < shape.RingEnds[ring]; position++)
                {
                    Put(position == start ? "["u8 : ",["u8);
                    Number(shape.Coordinates[2 * position]);
                    Put(","u8);
                    Number(shape.Coordinates[(2 * position) + 1]);
                    Put("]"u8);
                }

                Put("]"u8);
            }

            Put("]"u8);
        }

        Put("]}"u8);
        return _buffer.AsSpan(0, _length);
    }

    private void Number(double degrees)
    {
        var scaled = (long)Math.Round(degrees * Unit);
        if (scaled < 0)
        {
            _buffer[_length++] = (byte)'-';
            scaled = -scaled;
        }

        var (whole, fraction) = Math.DivRem(scaled, Unit);
        _ = whole.TryFormat(_buffer.AsSpan(_length), out var written);
        _length += written;
        if (fraction == 0)
        {
            return;
        }

        _buffer[_length] = (byte)'.';
        for (var digit = Decimals; digit > 0; digit--)
        {
            (fraction, var last) = Math.DivRem(fraction, 10);
            _buffer[_length + digit] = (byte)('0' + last);
        }

        _length += Decimals + 1;
        while (_buffer[_length - 1] == '0')
        {
            _length--;
        }
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length < bytes)
        {
            _buffer = new byte[bytes * 2];
        }
    }
}
