namespace SpexStream.Raster.Vector;

/// <summary>Positions as GeoJSON text. Coordinates have seven decimals, about a centimetre.</summary>
internal static class CoordinateText
{
    /// <summary>Bytes that one position may need.</summary>
    public const int Longest = (2 * DecimalText.Longest) + 4;

    private const uint Unit = 10_000_000;
    private const uint Fill = 10;

    /// <summary>Writes positions, separated by commas.</summary>
    /// <param name="positions">Longitude, latitude, longitude, latitude ... in degrees.</param>
    /// <param name="text">At least <see cref="Longest"/> bytes for each.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(ReadOnlySpan<double> positions, Span<byte> text)
    {
        var length = 0;
        for (var i = 0; i + 1 < positions.Length; i += 2)
        {
            if (i > 0)
            {
                text[length++] = (byte)',';
            }

            text[length++] = (byte)'[';
            length += DecimalText.Write(text[length..], (long)Math.Round(positions[i] * Unit), Unit, Fill);
            text[length++] = (byte)',';
            length += DecimalText.Write(text[length..], (long)Math.Round(positions[i + 1] * Unit), Unit, Fill);
            text[length++] = (byte)']';
        }

        return length;
    }
}
