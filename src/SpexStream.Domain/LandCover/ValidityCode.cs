namespace SpexStream.Domain.LandCover;

/// <summary>Codes of <c>validity.tif</c>: why a pixel has no answer.</summary>
public static class ValidityCode
{
    /// <summary>There is an answer, be it cloud or snow.</summary>
    public const byte Answered = 0;

    /// <summary>The bands of the index are saturated.</summary>
    public const byte Saturated = 1;

    /// <summary>The index is not defined there.</summary>
    public const byte UndefinedIndex = 2;

    /// <summary>The tile failed and was given up.</summary>
    public const byte TileFailed = 3;

    /// <summary>No data.</summary>
    public const byte Nodata = 255;

    /// <summary>The validity of a cover code.</summary>
    public static byte Of(byte code) => code switch
    {
        CoverCode.Nodata => Nodata,
        CoverCode.Saturated => Saturated,
        CoverCode.UndefinedIndex => UndefinedIndex,
        CoverCode.TileFailed => TileFailed,
        _ => Answered,
    };
}
