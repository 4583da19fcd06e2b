namespace SpexStream.Domain.LandCover;

/// <summary>
/// What is known of one pixel, all classes in one byte. Below 0x80 the bits say which classes hold (several may);
/// from 0x80 on the value is the one reason why no class can be told.
/// </summary>
public static class CoverCode
{
    /// <summary>Land that is none of the classes.</summary>
    public const byte Land = 0;

    /// <summary>Bit: open water.</summary>
    public const byte Water = 0x01;

    /// <summary>Bit: partial surface water; never together with <see cref="Water"/>.</summary>
    public const byte PartialWater = 0x02;

    /// <summary>Bit: vegetation.</summary>
    public const byte Vegetation = 0x04;

    /// <summary>Bit: built-up or bare.</summary>
    public const byte Buildings = 0x08;

    /// <summary>Bit: dark land that is taken for cloud shadow when a cloud is near. Not a class.</summary>
    public const byte DarkLand = 0x10;

    /// <summary>First value that is a reason instead of classes.</summary>
    public const byte FirstReason = 0x80;

    /// <summary>No pixel was measured.</summary>
    public const byte Nodata = 0x80;

    /// <summary>Cloud.</summary>
    public const byte Cloud = 0x81;

    /// <summary>Cloud shadow.</summary>
    public const byte CloudShadow = 0x82;

    /// <summary>Snow or ice.</summary>
    public const byte SnowIce = 0x83;

    /// <summary>No answer: the bands of the index are saturated.</summary>
    public const byte Saturated = 0x84;

    /// <summary>No answer: the index is not defined, its denominator is not positive.</summary>
    public const byte UndefinedIndex = 0x85;

    /// <summary>No answer: the tile failed and was given up.</summary>
    public const byte TileFailed = 0x86;

    /// <summary>No answer: the model says nothing here, or is not sure enough.</summary>
    public const byte Undecided = 0x87;

    /// <summary>The bit that makes a pixel part of a region of a class.</summary>
    public static byte RegionBit(LandCoverClass value) => value switch
    {
        LandCoverClass.Water => Water,
        LandCoverClass.Vegetation => Vegetation,
        LandCoverClass.Buildings => Buildings,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>The published mask code of a class for a cover code.</summary>
    public static byte ToMask(byte code, LandCoverClass value)
    {
        if (code >= FirstReason)
        {
            return code switch
            {
                Nodata => MaskCode.Nodata,
                Cloud or CloudShadow => MaskCode.Cloud,
                SnowIce => MaskCode.SnowIce,
                _ => MaskCode.NoAnswer,
            };
        }

        if ((code & RegionBit(value)) != 0)
        {
            return MaskCode.Yes;
        }

        return value == LandCoverClass.Water && (code & PartialWater) != 0 ? MaskCode.Partial : MaskCode.No;
    }
}
