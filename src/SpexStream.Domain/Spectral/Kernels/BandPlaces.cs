using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Which plane each band is read from. A band that is missing is read from another one, never from
/// nowhere.</summary>
internal sealed record BandPlaces(int Blue, int Green, int Red, int Nir, int Swir16, int Swir22, int Cirrus)
{
    public static BandPlaces Of(BandSet bands)
    {
        var nir = bands.IndexOf(BandRole.Nir);
        var green = Or(bands.IndexOf(BandRole.Green), bands.IndexOf(BandRole.Red), nir);
        var swir16 = Or(bands.IndexOf(BandRole.Swir16), nir);
        return new(
            Or(bands.IndexOf(BandRole.Blue), green),
            green,
            Or(bands.IndexOf(BandRole.Red), green),
            nir,
            swir16,
            Or(bands.IndexOf(BandRole.Swir22), swir16),
            Or(bands.IndexOf(BandRole.Cirrus), green));
    }

    /// <summary>The six bands that have dark objects, in the order of <see cref="BandValues"/>.</summary>
    public int[] Measured => [Blue, Green, Red, Nir, Swir16, Swir22];

    private static int Or(params ReadOnlySpan<int> places)
    {
        foreach (var place in places)
        {
            if (place >= 0)
            {
                return place;
            }
        }

        return -1;
    }
}
