using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;

namespace SpexStream.Tests.Spectral;

/// <summary>The rules once more, one pixel at a time and as plainly as can be, in single precision.</summary>
internal sealed class ScalarReference(SyntheticScene scene, SpectralFindings findings, WaterRule rule)
{
    private const float Floor = 0.0001f;
    private readonly SceneImagery _imagery = scene.Imagery;
    private readonly bool _calibrated = scene.Imagery.Radiometry.Level != RadiometryLevel.Uncalibrated;
    private readonly bool _surface = scene.Imagery.Radiometry.Level == RadiometryLevel.SurfaceReflectance;
    private readonly bool _swir = scene.Imagery.Bands.Has(BandRole.Swir16);

    public ScenePlanes Classify()
    {
        var planes = new ScenePlanes(scene.Width, scene.Height);
        for (var at = 0; at < planes.Codes.Length; at++)
        {
            Pixel(planes, at);
        }

        HalveNearCloud(planes);
        return planes;
    }

    private void Pixel(ScenePlanes planes, int at)
    {
        float b = Linear(BandRole.Blue, at), g = Linear(BandRole.Green, at), r = Linear(BandRole.Red, at);
        float n = Linear(BandRole.Nir, at), s1 = Linear(BandRole.Swir16, at), s2 = Linear(BandRole.Swir22, at);
        float ndwi = (g - n) / (g + n), ndvi = (n - r) / (n + r), mndwi = (g - s1) / (g + s1);
        var saturated = new[] { BandRole.Green, BandRole.Red, BandRole.Nir, BandRole.Swir16 }.ToDictionary(
            role => role, role => _imagery.Bands.Has(role) && Dn(role, at) >= _imagery.Type.Saturation());
        bool satG = saturated[BandRole.Green], satR = saturated[BandRole.Red];
        bool satN = saturated[BandRole.Nir], satS = saturated[BandRole.Swir16];

        var water = Water(b, g, r, n, s1, s2, ndwi, ndvi, mndwi);
        var green = ndvi > VegetationThreshold() && n > (_calibrated ? 0.10f : -1);
        var vegetation = green && !water.Yes;
        var builtNdvi = findings.BuiltNdvi is { } found ? (float)found : -2;
        var built = findings.BuiltNdvi is not null && !water.Yes && ndvi < builtNdvi
            && b > (float)(findings.BuiltBlue ?? double.NegativeInfinity)
            && (!_swir || s2 > (float)(findings.BuiltSwir ?? double.NegativeInfinity))
            && (_imagery.PixelSizeMetres <= 3 || IsTextured(at));
        var dark = _calibrated && !water.Yes && n < 0.10f && b < (_surface ? 0.06f : 0.12f)
            && g < (_surface ? 0.06f : 0.09f) && r < (_surface ? 0.06f : 0.07f);

        var code = (water.Yes ? CoverCode.Water : 0) | (water.Partial ? CoverCode.PartialWater : 0)
            | (vegetation ? CoverCode.Vegetation : 0) | (built ? CoverCode.Buildings : 0)
            | (dark ? CoverCode.DarkLand : 0);
        var notFinite = Enumerable.Range(0, scene.Samples.Length).Any(
            band => _imagery.Bands[band] != BandRole.Other && !double.IsFinite(scene.Samples[band][at]));
        if (IsNodata(at))
        {
            code = CoverCode.Nodata;
        }
        else if ((satG && (satN || satS)) || (satR && satN))
        {
            code = CoverCode.Saturated;
        }
        else if (notFinite || (g == Floor && n == Floor))
        {
            code = CoverCode.UndefinedIndex;
        }
        else if (IsCloud(b, r, n, s1, ndvi))
        {
            code = CoverCode.Cloud;
        }
        else if (_calibrated && _swir && mndwi > 0.4f && n > 0.11f && g > 0.1f && r > 0.2f)
        {
            code = CoverCode.SnowIce;
        }

        planes.Codes[at] = (byte)code;
        var told = code < CoverCode.FirstReason;
        planes.Seeds[at] = (byte)(told && water.Seed ? CoverCode.Water : 0);
        planes.Diagnostics[at] = (byte)(code == CoverCode.Nodata
            ? 0
            : water.Bits | (satG || satR || satN || satS ? 0x80 : 0));
        var defined = told || code is CoverCode.Cloud or CoverCode.SnowIce;
        planes.Index[IndexKind.Ndwi][at] = defined ? Scaled(ndwi) : (short)0;
        planes.Index[IndexKind.Ndvi][at] = defined ? Scaled(ndvi) : (short)0;
        planes.Index[IndexKind.Mndwi][at] = defined && _swir ? Scaled(mndwi) : (short)0;
        planes.Index[IndexKind.Ndbi][at] = defined && _swir ? Scaled((s1 - n) / (s1 + n)) : (short)0;

        var cap = (_calibrated, _swir) switch
        {
            (true, true) => _imagery.Bands.Has(BandRole.Swir22) ? 100f : 90f,
            (true, false) => 70f,
            (false, true) => 60f,
            _ => 50f,
        };
        var tv = VegetationThreshold();
        var vegetationMargin = (ndvi > tv) == vegetation ? Math.Min(Math.Abs(ndvi - tv) * (1 / 0.2f), 1) : 0;
        var builtMargin = (ndvi < builtNdvi) == built ? Math.Min(Math.Abs(ndvi - builtNdvi) * (1 / 0.2f), 1) : 0;
        planes.Confidence[LandCoverClass.Water][at] =
            Confidence(told, cap, water.Margin, water.Agreement, satG || satN || satS);
        planes.Confidence[LandCoverClass.Vegetation][at] = Confidence(told, cap, vegetationMargin, 1, satR || satN);
        planes.Confidence[LandCoverClass.Buildings][at] = Confidence(told, 40, builtMargin, 1, satR || satN);
    }

    private (bool Yes, bool Partial, bool Seed, float Margin, float Agreement, int Bits) Water(
        float b, float g, float r, float n, float s1, float s2, float ndwi, float ndvi, float mndwi)
    {
        if (!_calibrated)
        {
            float t = (float)(findings.WaterNdwi ?? 2), t1 = (float)(findings.WaterMndwi ?? 2);
            if (_swir)
            {
                var known = findings.WaterNdwi is not null && findings.WaterMndwi is not null;
                (t, t1) = known ? (t, t1) : (2, 2);
                float above = ndwi - t, above1 = mndwi - t1;
                var margin = known ? (Math.Min(Math.Abs(above) * 4, 1) + Math.Min(Math.Abs(above1) * 4, 1)) * 0.5f : 0;
                return (above + above1 > 0 && above > -0.1f && above1 > -0.1f, false, false, margin, 1, 0);
            }

            var wet = ndwi > t && n < (float)(findings.WaterNir ?? double.PositiveInfinity)
                && (ndvi < 0.05f || n < (float)(findings.WaterNir ?? 0) * 0.2f);
            var scale = findings.WaterNdwi is null ? 0 : 4f;
            return (wet, false, wet && ndwi > t + 0.1f, Plain(ndwi > t, wet, ndwi, t, scale), 1, 0);
        }

        if (!_swir)
        {
            var wet = ndwi > 0 && n < 0.15f && (ndvi < 0.1f || n < 0.02f);
            return (wet, false, wet && ndwi > 0.05f && n < 0.12f, Plain(ndwi > 0, wet, ndwi, 0, 4), 1, 0);
        }

        var tests = DswxTests(b, g, r, n, s1, s2, ndvi, mndwi);
        var evi = 2.5f * (n - r);
        var eviBase = n + (6 * r) - (7.5f * b) + 1;
        var zou = eviBase > 0 && evi < 0.1f * eviBase && (mndwi > ndvi || mndwi * eviBase > evi);
        var count = tests.Count(test => test);
        var bits = tests.Select((test, bit) => test ? 1 << bit : 0).Sum() | (zou ? 32 : 0);
        var sum = ndwi + mndwi;
        var water = rule switch
        {
            WaterRule.ThreeTests => count >= 3,
            WaterRule.ThreeTestsAndZou => count >= 3 && zou,
            _ => sum > 0.124f && (4 * (g - s1)) - ((0.25f * n) + (2.75f * s2)) > 0,
        };
        var shade = (bits & 31) == 0b11000 && (n < 0.10f || ndvi > 0.4f);
        var partial = !water && count >= 2 && !shade;
        var agreeing = (count + (zou ? 1 : 0)) * (1f / 6);
        var sumMargin = partial ? 0 : Plain(sum > 0.124f, water, sum, 0.124f, 1 / 0.4f);
        return (water, partial, false, sumMargin, water || partial ? agreeing : 1 - agreeing, bits);
    }

    private static bool[] DswxTests(float b, float g, float r, float n, float s1, float s2, float ndvi, float mndwi) =>
    [
        mndwi > 0.124f,
        g + r > n + s1,
        b + (2.5f * g) - ((1.5f * (n + s1)) + (0.25f * s2)) > 0,
        mndwi > -0.44f && s1 < 0.09f && n < 0.15f && ndvi < 0.7f,
        mndwi > -0.5f && b < 0.1f && s1 < 0.3f && s2 < 0.1f && n < 0.25f,
    ];

    private static float Plain(bool above, bool decided, float x, float threshold, float scale) =>
        above == decided ? Math.Min(Math.Abs(x - threshold) * scale, 1) : 0;

    private bool IsCloud(float b, float r, float n, float s1, float ndvi) => _calibrated && (_swir
        ? b > 0.16f && b - (0.5f * r) > 0.08f && ndvi < 0.35f && s1 > 0.10f
        : b > 0.20f && b - (0.5f * r) > 0.10f && ndvi < 0.30f && n > 0.15f);

    private float VegetationThreshold() => (float)(findings.VegetationNdvi
        ?? (_imagery.Radiometry.Level switch
        {
            RadiometryLevel.SurfaceReflectance => 0.40,
            RadiometryLevel.TopOfAtmosphere => 0.25,
            _ => 0.20,
        }));

    private bool IsNodata(int at) => _imagery.HasNodata && Enumerable.Range(0, scene.Samples.Length).All(
        band => scene.Samples[band][at].Equals(_imagery.Nodata[band]!.Value));

    private bool IsTextured(int at)
    {
        var (column, row) = (at % scene.Width, at / scene.Width);
        var (sum, squares, count) = (0f, 0f, 0f);
        for (var dy = -2; dy <= 2; dy++)
        {
            var (lineSum, lineSquares, lineCount) = (0f, 0f, 0f);
            for (var dx = -2; dx <= 2; dx++)
            {
                var (x, y) = (column + dx, row + dy);
                if (x < 0 || y < 0 || x >= scene.Width || y >= scene.Height || IsNodata((y * scene.Width) + x))
                {
                    continue;
                }

                var near = (y * scene.Width) + x;
                var value = Linear(BandRole.Blue, near) + Linear(BandRole.Green, near) + Linear(BandRole.Red, near);
                lineSum += value;
                lineSquares += value * value;
                lineCount++;
            }

            sum += lineSum;
            squares += lineSquares;
            count += lineCount;
        }

        return (count * squares) - (sum * sum) > 0.12f * 0.12f * (sum * sum);
    }

    private void HalveNearCloud(ScenePlanes planes)
    {
        for (var at = 0; at < planes.Codes.Length; at++)
        {
            var (column, row) = (at % scene.Width, at / scene.Width);
            var near = false;
            for (var y = Math.Max(row - 2, 0); y <= Math.Min(row + 2, scene.Height - 1); y++)
            {
                for (var x = Math.Max(column - 2, 0); x <= Math.Min(column + 2, scene.Width - 1); x++)
                {
                    near |= planes.Codes[(y * scene.Width) + x] == CoverCode.Cloud;
                }
            }

            if (near && planes.Codes[at] != CoverCode.Nodata)
            {
                planes.Diagnostics[at] |= 0x40;
                foreach (var confidence in planes.Confidence.Values)
                {
                    confidence[at] = confidence[at] <= 100 ? (byte)(confidence[at] / 2) : confidence[at];
                }
            }
        }
    }

    private double Dn(BandRole role, int at) => scene.Samples[PlaceOf(role)][at];

    private float Linear(BandRole role, int at)
    {
        var place = PlaceOf(role);
        var dn = (float)scene.Samples[place][at];
        var gain = _calibrated ? (float)_imagery.Radiometry.Scale[place] : 1;
        var bias = _calibrated ? (float)_imagery.Radiometry.Offset[place] : -DarkObject(role);
        var value = (dn * gain) + bias;
        return value > Floor ? value : Floor;
    }

    private float DarkObject(BandRole role) => findings.Dark is not { } dark ? 0 : role switch
    {
        BandRole.Blue => dark.Blue,
        BandRole.Green => dark.Green,
        BandRole.Red => dark.Red,
        BandRole.Nir => dark.Nir,
        BandRole.Swir16 => dark.Swir16,
        _ => dark.Swir22,
    };

    private int PlaceOf(BandRole role) => role switch
    {
        BandRole.Swir22 when !_imagery.Bands.Has(role) => PlaceOf(BandRole.Swir16),
        BandRole.Swir16 when !_imagery.Bands.Has(role) => PlaceOf(BandRole.Nir),
        _ => _imagery.Bands.IndexOf(role),
    };

    private static short Scaled(float index) => (short)((index * 10000f) + MathF.CopySign(0.5f, index));

    private static byte Confidence(bool told, float cap, float margin, float agreement, bool halved)
    {
        var value = (int)((cap * (0.5f + (0.5f * margin)) * agreement) + 0.5f);
        return told ? (byte)(halved ? value / 2 : value) : (byte)255;
    }
}
