using System.Buffers;
using SpexStream.Domain.Products;

namespace SpexStream.Raster.Vector;

/// <summary>
/// Writes multipolygons as GeoJSON text. Coordinates have seven decimals (about a centimetre), written as whole numbers of
/// ten-millionths: several times as fast as general formatting of doubles, and there are millions of them.
/// </summary>
internal static class CoordinateText
{
    private const int Decimals = 7;
    private const long Unit = 10_000_000;
    private const int LongestPosition = 40;

    /// <summary>Appends the geometry object of a shape.</summary>
    public static void Write(GroundShape shape, IBufferWriter<byte> target)
    {
        target.Write("{\"type\":\"MultiPolygon\",\"coordinates\":["u8);
        var (ring, position) = (0, 0);
        for (var polygon = 0; polygon < shape.PolygonEnds.Count; polygon++)
        {
            target.Write(polygon == 0 ? "["u8 : ",["u8);
            for (var first = ring; ring < shape.PolygonEnds[polygon]; ring++)
            {
                target.Write(ring == first ? "["u8 : ",["u8);
                for (var start = position; position < shape.RingEnds[ring]; position++)
                {
                    var text = target.GetSpan(LongestPosition);
                    target.Advance(Position(text, position > start, shape.Coordinates[2 * position], shape.Coordinates[(2 * position) + 1]));
                }

                target.Write("]"u8);
            }

            target.Write("]"u8);
        }

        target.Write("]}"u8);
    }

    private static int Position(Span<byte> text, bool follows, double longitude, double latitude)
    {
        var length = 0;
        if (follows)
        {
            text[length++] = (byte)',';
        }

        text[length++] = (byte)'[';
        length += Number(text[length..], longitude);
        text[length++] = (byte)',';
        length += Number(text[length..], latitude);
        text[length++] = (byte)']';
        return length;
    }

    private static int Number(Span<byte> text, double degrees)
    {
        var scaled = (long)Math.Round(degrees * Unit);
        var length = 0;
        if (scaled < 0)
        {
            text[length++] = (byte)'-';
            scaled = -scaled;
        }

        var (whole, fraction) = Math.DivRem(scaled, Unit);
        _ = whole.TryFormat(text[length..], out var written);
        length += written;
        if (fraction == 0)
        {
            return length;
        }

        text[length] = (byte)'.';
        for (var digit = Decimals; digit > 0; digit--)
        {
            (fraction, var last) = Math.DivRem(fraction, 10);
            text[length + digit] = (byte)('0' + last);
        }

        length += Decimals + 1;
        while (text[length - 1] == '0')
        {
            length--;
        }

        return length;
    }
}
