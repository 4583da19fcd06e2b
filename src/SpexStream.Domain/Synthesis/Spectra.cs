namespace SpexStream.Domain.Synthesis;

/// <summary>
/// Reflectance of pure covers in blue, green, red, nir, swir16, swir22. Vegetation, soil, shadow and turbid water are
/// class medians read from labelled real scenes, rounded and moved apart by species: Sentinel-2 level 2A over the
/// Athabasca oil sands (2019-05-22: green vegetation 0.047 0.063 0.049 0.201 0.162, bare ground 0.079 0.093 0.109 0.188
/// 0.249, tailings ponds 0.082 0.091 0.105 0.077 0.018) and Landsat 7 surface reflectance over Chiapas (1999-11-18:
/// forest 0.031 0.045 0.030 0.327 0.149 0.057, meadow 0.042 0.069 0.052 0.438 0.221 0.099, bare ground 0.091 0.124
/// 0.168 0.276 0.355 0.287). Roofs, paving, sand, mud and clear water have no label there: their numbers are rounded
/// from what is usually published for such materials, and are plausible, not measured.
/// </summary>
internal static class Spectra
{
    public static readonly Cover Conifer = Cover.Of(0.022f, 0.036f, 0.024f, 0.215f, 0.095f, 0.042f, 0.97f);
    public static readonly Cover Broadleaf = Cover.Of(0.027f, 0.049f, 0.029f, 0.335f, 0.152f, 0.060f, 0.97f);
    public static readonly Cover Shrub = Cover.Of(0.036f, 0.058f, 0.048f, 0.270f, 0.180f, 0.088f, 0.80f);
    public static readonly Cover Meadow = Cover.Of(0.040f, 0.069f, 0.050f, 0.400f, 0.215f, 0.098f, 0.98f);
    public static readonly Cover DryGrass = Cover.Of(0.062f, 0.090f, 0.108f, 0.270f, 0.300f, 0.180f, 0.36f);
    public static readonly Cover Maize = Cover.Of(0.028f, 0.055f, 0.030f, 0.450f, 0.190f, 0.076f, 1);
    public static readonly Cover Beet = Cover.Of(0.030f, 0.063f, 0.034f, 0.520f, 0.200f, 0.082f, 1);
    public static readonly Cover Sunflower = Cover.Of(0.036f, 0.078f, 0.066f, 0.390f, 0.210f, 0.100f, 1);
    public static readonly Cover Stubble = Cover.Of(0.080f, 0.120f, 0.168f, 0.290f, 0.340f, 0.230f, 0.06f);
    public static readonly Cover Reed = Cover.Of(0.034f, 0.052f, 0.045f, 0.235f, 0.120f, 0.056f, 0.85f);

    public static readonly Cover DrySoil = Cover.Of(0.090f, 0.122f, 0.162f, 0.235f, 0.320f, 0.265f);
    public static readonly Cover DarkSoil = Cover.Of(0.062f, 0.078f, 0.098f, 0.150f, 0.215f, 0.180f);
    public static readonly Cover WetSoil = Cover.Of(0.040f, 0.051f, 0.063f, 0.088f, 0.105f, 0.076f);
    public static readonly Cover Mud = Cover.Of(0.044f, 0.055f, 0.058f, 0.053f, 0.042f, 0.030f);
    public static readonly Cover Sand = Cover.Of(0.190f, 0.250f, 0.300f, 0.350f, 0.410f, 0.370f);
    public static readonly Cover WetSand = Cover.Of(0.095f, 0.122f, 0.145f, 0.160f, 0.115f, 0.075f);
    public static readonly Cover Limestone = Cover.Of(0.210f, 0.255f, 0.290f, 0.330f, 0.360f, 0.320f);
    public static readonly Cover Overburden = Cover.Of(0.100f, 0.125f, 0.152f, 0.190f, 0.250f, 0.230f);
    public static readonly Cover Coal = Cover.Of(0.048f, 0.052f, 0.056f, 0.066f, 0.090f, 0.092f);

    public static readonly Cover TileRoof = Cover.Of(0.080f, 0.105f, 0.190f, 0.260f, 0.320f, 0.290f, 0, 1);
    public static readonly Cover ConcreteRoof = Cover.Of(0.185f, 0.205f, 0.225f, 0.250f, 0.280f, 0.255f, 0, 1);
    public static readonly Cover SlateRoof = Cover.Of(0.090f, 0.097f, 0.103f, 0.120f, 0.140f, 0.130f, 0, 1);
    public static readonly Cover BitumenRoof = Cover.Of(0.058f, 0.062f, 0.066f, 0.076f, 0.092f, 0.095f, 0, 1);
    public static readonly Cover MetalRoof = Cover.Of(0.340f, 0.360f, 0.370f, 0.380f, 0.350f, 0.300f, 0, 1);
    public static readonly Cover Asphalt = Cover.Of(0.084f, 0.094f, 0.103f, 0.125f, 0.150f, 0.145f, 0, 1);
    public static readonly Cover Paving = Cover.Of(0.135f, 0.155f, 0.175f, 0.205f, 0.240f, 0.220f, 0, 1);
    public static readonly Cover Gravel = Cover.Of(0.120f, 0.150f, 0.182f, 0.225f, 0.275f, 0.245f);

    public static readonly Cover ClearWater = Cover.Of(0.034f, 0.026f, 0.013f, 0.008f, 0.006f, 0.005f);
    public static readonly Cover HumicWater = Cover.Of(0.019f, 0.021f, 0.016f, 0.011f, 0.007f, 0.006f);
    public static readonly Cover AlgalWater = Cover.Of(0.030f, 0.062f, 0.034f, 0.028f, 0.008f, 0.006f);
    public static readonly Cover Sediment = Cover.Of(0.082f, 0.118f, 0.130f, 0.085f, 0.017f, 0.011f);

    /// <summary>Lit cloud, thick.</summary>
    public static readonly Cover Cloud = Cover.Of(0.66f, 0.64f, 0.63f, 0.67f, 0.54f, 0.43f);

    /// <summary>Aerosol that the atmospheric correction left behind, at its thickest.</summary>
    public static readonly Cover Haze = Cover.Of(0.034f, 0.024f, 0.017f, 0.011f, 0.004f, 0.002f);

    /// <summary>What is left of the light in the core of a cloud shadow: skylight, most of it blue. Ratio of the tenth
    /// percentile in shadow to lit vegetation of the Athabasca scene; its missing swir22 continues swir16.</summary>
    public static readonly Cover Skylight = Cover.Of(0.56f, 0.47f, 0.42f, 0.26f, 0.20f, 0.18f, 1, 1);
}
