namespace SpexStream.Domain.Synthesis;

/// <summary>What grows in a parcel in late summer: plants over soil, with a green cover that differs from field to
/// field.</summary>
/// <param name="Plants">The plants, dense.</param>
/// <param name="Ground">What is seen between them.</param>
/// <param name="Thinnest">Smallest cover by the plants.</param>
/// <param name="Densest">Largest cover by the plants.</param>
/// <param name="PlainShare">How common it is in the plain.</param>
/// <param name="HillShare">How common it is in the hills.</param>
/// <param name="Rows">How strongly its rows show.</param>
internal sealed record Crop(
    Cover Plants, Cover Ground, float Thinnest, float Densest, float PlainShare, float HillShare, float Rows)
{
    private static readonly Crop[] All =
    [
        new(Spectra.Meadow, Spectra.DrySoil, 0.62f, 1, 0.22f, 0.62f, 0),
        new(Spectra.Maize, Spectra.DrySoil, 0.70f, 1, 0.21f, 0.06f, 0.06f),
        new(Spectra.Beet, Spectra.DarkSoil, 0.60f, 1, 0.08f, 0, 0.05f),
        new(Spectra.Sunflower, Spectra.DrySoil, 0.55f, 0.95f, 0.06f, 0, 0.05f),
        new(Spectra.Stubble, Spectra.DrySoil, 0.40f, 1, 0.19f, 0.04f, 0.08f),
        new(Spectra.Meadow, Spectra.DarkSoil, 0.10f, 0.60f, 0.07f, 0.04f, 0.08f),
        new(Spectra.DryGrass, Spectra.DrySoil, 0.50f, 1, 0.05f, 0.14f, 0),
        new(Spectra.Stubble, Spectra.DarkSoil, 0, 0.25f, 0.09f, 0.02f, 0.06f),
        new(Spectra.Shrub, Spectra.DrySoil, 0.50f, 1, 0.03f, 0.08f, 0),
    ];

    /// <summary>The crop that a parcel has.</summary>
    public static Crop Of(uint parcel, float hilliness)
    {
        var lot = CoordinateHash.Unit(parcel, 11);
        foreach (var crop in All)
        {
            lot -= Curves.Lerp(crop.PlainShare, crop.HillShare, hilliness);
            if (lot < 0)
            {
                return crop;
            }
        }

        return All[0];
    }

    /// <summary>The cover at a pixel.</summary>
    /// <param name="parcel">The parcel.</param>
    /// <param name="soil">Soil noise, about -1..1.</param>
    /// <param name="tussock">Noise of single plants, about -1..1.</param>
    /// <param name="moisture">0 dry, 1 soaked.</param>
    public Cover At(in Parcel parcel, float soil, float tussock, float moisture)
    {
        var density = Curves.Lerp(Thinnest, Densest, CoordinateHash.Unit(parcel.Id, 12));
        var rows = Rows * MathF.Abs((parcel.Across * 0.31f % 1) - 0.5f);
        density = Curves.Clamp01(density + (0.14f * soil * (1.2f - density)) + (0.07f * tussock) - rows);
        var wet = Curves.Clamp01(moisture + (0.45f * CoordinateHash.Unit(parcel.Id, 13)) - 0.2f + (0.2f * soil));
        var brightness = 0.82f + (0.36f * CoordinateHash.Unit(parcel.Id, 14)) + (0.10f * soil);
        var ground = Ground.Mix(Spectra.WetSoil, wet).Lit(brightness);
        var vigour = 0.90f + (0.2f * CoordinateHash.Unit(parcel.Id, 15)) + (0.05f * tussock);
        return ground.Mix(Plants.Lit(vigour), density);
    }
}
