namespace SpexStream.Domain.LandCover;

/// <summary>Codes of a published class mask (uint8), after OPERA DSWx-HLS.</summary>
public static class MaskCode
{
    /// <summary>Not this class.</summary>
    public const byte No = 0;

    /// <summary>This class.</summary>
    public const byte Yes = 1;

    /// <summary>Partial surface water; only in the water mask.</summary>
    public const byte Partial = 2;

    /// <summary>Snow or ice.</summary>
    public const byte SnowIce = 252;

    /// <summary>Cloud or cloud shadow.</summary>
    public const byte Cloud = 253;

    /// <summary>No answer; the reason stands in <c>validity.tif</c>.</summary>
    public const byte NoAnswer = 254;

    /// <summary>No data.</summary>
    public const byte Nodata = 255;
}
