namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>
/// Every number the kernel compares with, once per tile. A test that a scene's bands cannot give is switched off by a
/// threshold that nothing passes, so that the kernel needs no branches for it.
/// </summary>
internal sealed record KernelSettings
{
    /// <summary>Least linear value, so that an index stays within -1..1.</summary>
    public const float Floor = 0.0001f;

    // value = DN * gain + bias: reflectance, or counts above the dark object where there is no scale.
    public float BlueGain { get; init; }
    public float BlueBias { get; init; }
    public float GreenGain { get; init; }
    public float GreenBias { get; init; }
    public float RedGain { get; init; }
    public float RedBias { get; init; }
    public float NirGain { get; init; }
    public float NirBias { get; init; }
    public float Swir16Gain { get; init; }
    public float Swir16Bias { get; init; }
    public float Swir22Gain { get; init; }
    public float Swir22Bias { get; init; }
    public float CirrusGain { get; init; }
    public float CirrusBias { get; init; }

    /// <summary>DN from which a sample is saturated; NaN, which nothing reaches, where there is no such
    /// value.</summary>
    public float SaturatedDn { get; init; } = float.NaN;

    public bool Water { get; init; }
    public bool Vegetation { get; init; }
    public bool Buildings { get; init; }
    public bool Texture { get; init; }

    public float CloudBlue { get; init; } = float.PositiveInfinity;
    public float CloudHaze { get; init; } = float.PositiveInfinity;
    public float CloudNdvi { get; init; } = float.NegativeInfinity;
    public float CloudBright { get; init; } = float.PositiveInfinity;
    public float CirrusAbove { get; init; } = float.PositiveInfinity;

    /// <summary>Index from which bright pixels are snow; infinite without swir16 or calibration.</summary>
    public float SnowNdsi { get; init; } = float.PositiveInfinity;

    /// <summary>Near infrared below which land is dark; negative where nothing is screened.</summary>
    public float DarkNir { get; init; } = -1;

    public float DarkBlue { get; init; }
    public float DarkGreen { get; init; }
    public float DarkRed { get; init; }

    public WaterRule WaterRule { get; init; }

    /// <summary>The DSWx tests and, as bit 5, the Zou rule that the bands allow.</summary>
    public int TestBits { get; init; }

    public float ShareOfOneTest { get; init; }

    public float NdwiThreshold { get; init; } = 2;
    public float MndwiThreshold { get; init; } = 2;

    /// <summary>1 / width of the margin in which confidence in water rises; 0 while the threshold is unknown.</summary>
    public float WaterMarginScale { get; init; }

    public float WaterNirBelow { get; init; } = float.PositiveInfinity;
    public float WaterNdviBelow { get; init; } = float.PositiveInfinity;

    /// <summary>Near infrared below which NDVI does not speak against water.</summary>
    public float BlackNirBelow { get; init; }

    public float SeedNdwi { get; init; } = 2;
    public float SeedNirBelow { get; init; } = float.PositiveInfinity;

    public float VegetationNdvi { get; init; } = 2;
    public float VegetationNirAbove { get; init; } = -1;

    public float BuiltNdviBelow { get; init; } = -2;
    public float BuiltBlueAbove { get; init; } = float.PositiveInfinity;
    public float BuiltSwirAbove { get; init; } = float.NegativeInfinity;

    public float WaterCap { get; init; }
    public float VegetationCap { get; init; }
    public float BuildingsCap { get; init; }
}
