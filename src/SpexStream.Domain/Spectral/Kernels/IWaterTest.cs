using System.Runtime.Intrinsics;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>One of the four rules for water; each gives code of its own through static dispatch.</summary>
internal interface IWaterTest
{
    /// <summary>Whether swir16 is read.</summary>
    static abstract bool HasSwir { get; }

    /// <summary>Whether a lone pixel above the threshold is not enough, but its region needs a seed.</summary>
    static abstract bool HasSeeds { get; }

    /// <summary>Decides sixteen pixels.</summary>
    static abstract WaterAnswer Decide(in Pixels16 pixels, KernelSettings settings);
}

/// <summary>What a water rule says of sixteen pixels; masks are all ones or all zeros per lane.</summary>
internal struct WaterAnswer
{
    public Vector512<float> Water;
    public Vector512<float> Partial;
    public Vector512<float> Seed;

    /// <summary>Distance from the threshold, 0..1.</summary>
    public Vector512<float> Margin;

    /// <summary>Share of the tests that agree, 0..1.</summary>
    public Vector512<float> Agreement;

    /// <summary>Bits b0..b5 of the diagnostics.</summary>
    public Vector512<int> Bits;
}
