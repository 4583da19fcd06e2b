using SpexStream.Domain.LandCover;
using SpexStream.Domain.Synthesis;
using Xunit;

namespace SpexStream.Tests.Synthesis;

public sealed class SceneContentTests
{
    private const int Side = 640;

    private static readonly Lazy<MadeScene[]> Made =
        new(() => [.. Enumerable.Range(1, 4).Select(seed => new MadeScene(seed, Side, Side))]);

    [Fact]
    public void Every_class_has_a_sensible_share_whatever_the_seed()
    {
        Assert.All(Made.Value, made =>
        {
            Assert.InRange(made.ShareOf(TruthCode.Water), 0.05, 0.25);
            Assert.InRange(made.ShareOf(TruthCode.PartialWater), 0.001, 0.02);
            Assert.InRange(made.ShareOf(TruthCode.Vegetation), 0.3, 0.7);
            Assert.InRange(made.ShareOf(TruthCode.BuiltUp), 0.01, 0.08);
            Assert.InRange(made.ShareOf(TruthCode.OtherLand), 0.05, 0.3);
            Assert.InRange(made.ShareOf(TruthCode.Cloud), 0.02, 0.10);
            Assert.InRange(made.ShareOf(TruthCode.CloudShadow), 0.01, 0.10);
            Assert.InRange(made.ShareOf(TruthCode.Nodata), 0.03, 0.2);
        });
    }

    [Fact]
    public void Nodata_is_zero_in_every_band_and_a_valid_pixel_in_none()
    {
        Assert.All(Made.Value, made =>
        {
            var count = made.Truth.Length;
            var wrong = Enumerable.Range(0, made.Bands.Length)
                .Count(i => (made.Truth[i % count] == TruthCode.Nodata) != (made.Bands[i] == 0));
            Assert.Equal(0, wrong);
        });
    }

    [Fact]
    public void Both_edges_of_the_swath_are_slanted()
    {
        var truth = Made.Value[0].Truth;
        bool Valid(byte code) => code != TruthCode.Nodata;
        int First(int row) => Array.FindIndex(truth, row * Side, Side, Valid) % Side;
        int Last(int row) => Array.FindLastIndex(truth, (row * Side) + Side - 1, Side, Valid) % Side;

        Assert.InRange(First(0) - First(Side - 1), 30, 100);
        Assert.InRange(Last(0) - Last(Side - 1), 30, 100);
    }

    [Fact]
    public void Reflectances_stay_in_the_range_of_nature()
    {
        Assert.All(Made.Value, made => Assert.InRange(made.Bands.Max(), 5_000, 12_000));
    }

    [Fact]
    public void Green_cover_is_green_and_water_and_roofs_are_not()
    {
        Assert.All(Made.Value, made =>
        {
            double Ndvi(int i) => made.Index(MadeScene.Nir, MadeScene.Red, i);
            Assert.InRange(made.MedianOf(TruthCode.Vegetation, Ndvi), 0.65, 0.9);
            Assert.InRange(made.MedianOf(TruthCode.OtherLand, Ndvi), 0.1, 0.4);
            Assert.InRange(made.MedianOf(TruthCode.BuiltUp, Ndvi), 0.05, 0.35);
            Assert.InRange(made.MedianOf(TruthCode.Water, Ndvi), -1, 0);
        });
    }

    [Fact]
    public void Water_is_dark_in_the_infrared_and_bright_in_the_water_indices()
    {
        Assert.All(Made.Value, made =>
        {
            double Ndwi(int i) => made.Index(MadeScene.Green, MadeScene.Nir, i);
            double Mndwi(int i) => made.Index(MadeScene.Green, MadeScene.Swir16, i);
            Assert.InRange(made.MedianOf(TruthCode.Water, Ndwi), 0.2, 0.9);
            Assert.InRange(made.MedianOf(TruthCode.Water, Mndwi), 0.4, 1);
            Assert.InRange(made.MedianOf(TruthCode.Water, i => made.Reflectance(MadeScene.Swir16, i)), 0.0001, 0.02);
        });
    }

    [Fact]
    public void Clouds_are_bright_and_nearly_white()
    {
        Assert.All(Made.Value, made =>
        {
            var blue = made.MedianOf(TruthCode.Cloud, i => made.Reflectance(MadeScene.Blue, i));
            Assert.InRange(blue, 0.25, 0.8);
            Assert.Equal(blue, made.MedianOf(TruthCode.Cloud, i => made.Reflectance(MadeScene.Red, i)), 0.06);
        });
    }

    [Fact]
    public void A_shadow_lies_where_the_sun_throws_its_cloud()
    {
        Assert.All(Made.Value, made =>
        {
            var (columns, rows) = made.Scene.ShadowOffset;
            Assert.True(columns < 0 && rows < 0, "The sun stands in the south-east.");
            int met = 0, all = 0;
            for (var row = 0; row < Side + rows; row++)
            {
                for (var column = 0; column < Side + columns; column++)
                {
                    if (made.Truth[(row * Side) + column] == TruthCode.CloudShadow)
                    {
                        var source = made.Truth[((row - rows) * Side) + column - columns];
                        all += source == TruthCode.Nodata ? 0 : 1;
                        met += source == TruthCode.Cloud ? 1 : 0;
                    }
                }
            }

            Assert.Equal(all, met);
        });
    }

    [Fact]
    public void Shadowed_ground_is_darker_than_the_lit_ground_around_it_most_of_all_in_the_infrared()
    {
        Assert.All(Made.Value, made =>
        {
            Assert.InRange(ShadowRatio(made, MadeScene.Nir), 0.2, 0.75);
            Assert.InRange(ShadowRatio(made, MadeScene.Blue), ShadowRatio(made, MadeScene.Nir), 0.95);
        });
    }

    [Fact]
    public void Neighbours_in_the_open_sea_differ_by_sensor_noise()
    {
        var made = Made.Value[0];
        var differences = new List<double>();
        for (var i = 1; i < made.Truth.Length; i++)
        {
            if (made.Truth[i] == TruthCode.Water && made.Truth[i - 1] == TruthCode.Water)
            {
                differences.Add(Math.Abs(made.Reflectance(MadeScene.Red, i) - made.Reflectance(MadeScene.Red, i - 1)));
            }
        }

        Assert.InRange(differences.Order().ElementAt(differences.Count / 2), 0.0003, 0.003);
    }

    [Fact]
    public void A_plain_water_index_is_good_and_not_perfect()
    {
        Assert.All(Made.Value, made =>
        {
            int both = 0, either = 0;
            for (var i = 0; i < made.Truth.Length; i++)
            {
                var truth = TruthCode.ToMask(made.Truth[i], LandCoverClass.Water);
                if (truth != TruthCode.MaskIgnore)
                {
                    var found = made.Index(MadeScene.Green, MadeScene.Nir, i)
                        + made.Index(MadeScene.Green, MadeScene.Swir16, i) > 0.124;
                    both += found && truth == TruthCode.MaskYes ? 1 : 0;
                    either += found || truth == TruthCode.MaskYes ? 1 : 0;
                }
            }

            Assert.InRange(both / (double)either, 0.88, 0.99);
        });
    }

    /// <summary>Mean of shaded over mean of lit land, in squares of 16 pixels that have enough of both.</summary>
    private static double ShadowRatio(MadeScene made, int band)
    {
        var ratios = new List<double>();
        for (var top = 0; top + 16 <= Side; top += 16)
        {
            for (var left = 0; left + 16 <= Side; left += 16)
            {
                var first = (top * Side) + left;
                var pixels = Enumerable.Range(0, 256).Select(k => first + (k / 16 * Side) + (k % 16)).ToArray();
                var shaded = pixels.Where(i => made.Truth[i] == TruthCode.CloudShadow).ToArray();
                var lit = pixels.Where(i => made.Truth[i] == TruthCode.Vegetation).ToArray();
                if (shaded.Length > 60 && lit.Length > 60)
                {
                    double Brightness(int i) => made.Reflectance(band, i);
                    ratios.Add(shaded.Average(Brightness) / lit.Average(Brightness));
                }
            }
        }

        return ratios.Order().ElementAt(ratios.Count / 2);
    }
}
