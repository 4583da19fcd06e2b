using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Synthesis;

/// <summary>
/// What the instrument does to the light: a blur of three pixels (stronger in the short-wave infrared, whose bands come
/// from twice the pixel size), and noise that grows with the signal. The noise in dark water matches that of the
/// Athabasca scene (standard deviation in 3 x 3 pixels: 13, 11, 10, 9 of 10000 in blue to nir, 4 in swir16).
/// </summary>
internal static class Sensor
{
    private const float Sharp = 0.10f;
    private const float Soft = 0.24f;

    // Four bytes of a hash have a variance of 4 (256^2 - 1) / 12.
    private const float BytesMean = 510;
    private const float BytesDeviation = 147.8f;

    private static readonly Vector256<float> Side = Vector256.Create(Sharp, Sharp, Sharp, Sharp, Soft, Soft, 0, 0);
    private static readonly Vector256<float> Floor = Vector256.Create(10f, 9, 8, 8, 4.5f, 4.5f, 0, 0);
    private static readonly Vector256<float> PerSignal = Vector256.Create(0.006f);
    private static readonly Vector256<uint> BandSalt =
        Vector256.Create(1u, 2, 3, 4, 5, 6, 7, 8) * 0x9E3779B1u;

    /// <summary>One direction of the blur: a value and its two neighbours.</summary>
    public static Vector256<float> Blur(Vector256<float> before, Vector256<float> here, Vector256<float> after) =>
        here + ((before + after - here - here) * Side);

    /// <summary>Noisy counts (reflectance x 10000, at least 1) of a blurred pixel.</summary>
    public static Vector256<int> Measure(Vector256<float> reflectance, uint pixelHash)
    {
        var signal = reflectance * 10_000f;
        var mixed = (BandSalt ^ Vector256.Create(pixelHash)) * 0x7FEB352Du;
        mixed = (mixed ^ (mixed >>> 15)) * 0x846CA68Bu;
        mixed ^= mixed >>> 16;
        var lowByte = Vector256.Create(0xFFu);
        var bytes = (mixed & lowByte) + ((mixed >>> 8) & lowByte) + ((mixed >>> 16) & lowByte) + (mixed >>> 24);
        var normal = (Vector256.ConvertToSingle(bytes.AsInt32()) - Vector256.Create(BytesMean)) * (1 / BytesDeviation);
        var noisy = signal + (normal * (Floor + (signal * PerSignal))) + Vector256.Create(0.5f);
        var valid = Vector256.Min(Vector256.Max(noisy, Vector256.Create(1f)), Vector256.Create(20_000f));
        return Vector256.ConvertToInt32(valid);
    }
}
