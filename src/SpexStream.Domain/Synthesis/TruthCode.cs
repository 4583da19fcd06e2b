using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Synthesis;

/// <summary>
/// What a pixel of a made scene really is, one byte. The first that holds, in this order: nodata, cloud (opacity at
/// least 0.3), cloud shadow (at least 0.35 of the direct light lost), water (open water on at least half of the pixel),
/// partial water (at least 0.2), vegetation (green leaves over at least half), built-up (roofs and paving over at least
/// half), other land. Shares are those of the pixel's own square, before the sensor blurs it.
/// </summary>
public static class TruthCode
{
    /// <summary>Land that is neither green nor built.</summary>
    public const byte OtherLand = 0;

    /// <summary>Open water on at least half of the pixel.</summary>
    public const byte Water = 1;

    /// <summary>Open water on 0.2 to 0.5 of the pixel.</summary>
    public const byte PartialWater = 2;

    /// <summary>Green cover on at least half of the pixel.</summary>
    public const byte Vegetation = 3;

    /// <summary>Roofs and paving on at least half of the pixel.</summary>
    public const byte BuiltUp = 4;

    /// <summary>Cloud.</summary>
    public const byte Cloud = 5;

    /// <summary>Cloud shadow on the ground.</summary>
    public const byte CloudShadow = 6;

    /// <summary>Outside of the swath.</summary>
    public const byte Nodata = 255;

    /// <summary>Value of a truth mask: not this class.</summary>
    public const byte MaskNo = 0;

    /// <summary>Value of a truth mask: this class.</summary>
    public const byte MaskYes = 1;

    /// <summary>Value of a truth mask: the pixel is not scored.</summary>
    public const byte MaskIgnore = 255;

    /// <summary>
    /// The truth of one class for scoring: 1 yes, 0 no, 255 not scored. Cloud, its shadow and nodata are never scored.
    /// Partial water counts as "no" for water, and is not scored for the other classes, whose share of it is not known.
    /// </summary>
    public static byte ToMask(byte truth, LandCoverClass value) => truth switch
    {
        Cloud or CloudShadow or Nodata => MaskIgnore,
        PartialWater => value == LandCoverClass.Water ? MaskNo : MaskIgnore,
        _ => truth == CodeOf(value) ? MaskYes : MaskNo,
    };

    /// <summary>The truth masks of many pixels, see <see cref="ToMask(byte, LandCoverClass)"/>.</summary>
    /// <param name="truth">Truth codes.</param>
    /// <param name="value">The class.</param>
    /// <param name="mask">Takes the masks, at least as long as <paramref name="truth"/>; may be the same
    /// memory.</param>
    public static void ToMask(ReadOnlySpan<byte> truth, LandCoverClass value, Span<byte> mask)
    {
        for (var i = 0; i < truth.Length; i++)
        {
            mask[i] = ToMask(truth[i], value);
        }
    }

    private static byte CodeOf(LandCoverClass value) => value switch
    {
        LandCoverClass.Water => Water,
        LandCoverClass.Vegetation => Vegetation,
        LandCoverClass.Buildings => BuiltUp,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };
}
