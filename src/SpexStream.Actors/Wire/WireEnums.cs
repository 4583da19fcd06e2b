using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;

namespace SpexStream.Actors.Wire;

/// <summary>Enums on the wire: numbers of their own, so that those of the domain are free to move.</summary>
internal static class WireEnums
{
    public static Proto.StripTier Write(StripTier tier) => tier switch
    {
        StripTier.Critical => Proto.StripTier.Critical,
        StripTier.Optional => Proto.StripTier.Optional,
        StripTier.Wanted => Proto.StripTier.Wanted,
        _ => throw new ArgumentOutOfRangeException(nameof(tier)),
    };

    public static StripTier Read(Proto.StripTier tier) => tier switch
    {
        Proto.StripTier.Critical => StripTier.Critical,
        Proto.StripTier.Optional => StripTier.Optional,
        Proto.StripTier.Wanted => StripTier.Wanted,
        _ => throw new ArgumentOutOfRangeException(nameof(tier), "A tier of a newer release."),
    };

    public static Proto.PixelType Write(PixelType type) => type switch
    {
        PixelType.UInt8 => Proto.PixelType.Uint8,
        PixelType.Int16 => Proto.PixelType.Int16,
        PixelType.UInt16 => Proto.PixelType.Uint16,
        PixelType.Float32 => Proto.PixelType.Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static PixelType Read(Proto.PixelType type) => type switch
    {
        Proto.PixelType.Uint8 => PixelType.UInt8,
        Proto.PixelType.Int16 => PixelType.Int16,
        Proto.PixelType.Uint16 => PixelType.UInt16,
        Proto.PixelType.Float32 => PixelType.Float32,
        _ => throw new ArgumentOutOfRangeException(nameof(type), "A sample type of a newer release."),
    };

    public static Proto.RadiometryLevel Write(RadiometryLevel level) => level switch
    {
        RadiometryLevel.TopOfAtmosphere => Proto.RadiometryLevel.TopOfAtmosphere,
        RadiometryLevel.SurfaceReflectance => Proto.RadiometryLevel.SurfaceReflectance,
        RadiometryLevel.Uncalibrated => Proto.RadiometryLevel.Uncalibrated,
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    public static RadiometryLevel Read(Proto.RadiometryLevel level) => level switch
    {
        Proto.RadiometryLevel.TopOfAtmosphere => RadiometryLevel.TopOfAtmosphere,
        Proto.RadiometryLevel.SurfaceReflectance => RadiometryLevel.SurfaceReflectance,
        Proto.RadiometryLevel.Uncalibrated => RadiometryLevel.Uncalibrated,
        _ => throw new ArgumentOutOfRangeException(nameof(level), "A radiometry of a newer release."),
    };
}
