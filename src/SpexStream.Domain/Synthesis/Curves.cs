using System.Runtime.CompilerServices;

namespace SpexStream.Domain.Synthesis;

/// <summary>The scalar shapes that turn distances into shares.</summary>
internal static class Curves
{
    /// <summary>0 up to <paramref name="from"/>, 1 from <paramref name="to"/> on, a cubic between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Smooth(float from, float to, float value)
    {
        var t = Clamp01((value - from) / (to - from));
        return t * t * (3 - (2 * t));
    }

    /// <summary>The share of a pixel on the inner side of a straight edge; the distance is in pixels, positive
    /// inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Inside(float distance) => Clamp01(0.5f + distance);

    /// <summary>The share of a pixel under a straight band of a half width, at a distance from its middle
    /// line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Band(float distance, float halfWidth) =>
        Clamp01(MathF.Min(distance + 0.5f, halfWidth) - MathF.Max(distance - 0.5f, -halfWidth));

    /// <summary>Limits to 0..1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Clamp01(float value) => MathF.Min(MathF.Max(value, 0), 1);

    /// <summary>Straight line from one value to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Lerp(float from, float to, float share) => from + ((to - from) * share);
}
