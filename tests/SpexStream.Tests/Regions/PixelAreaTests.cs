using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using Xunit;

namespace SpexStream.Tests.Regions;

public sealed class PixelAreaTests
{
    /// <summary>Surface of the WGS 84 ellipsoid in square metres (Moritz 2000, Geodetic Reference System 1980, is
    /// within 1e-9).</summary>
    private const double EarthSquareMetres = 510_065_621_724_088.4;

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.25)]
    public void All_pixels_of_the_globe_cover_the_ellipsoid(double degrees)
    {
        var area = new EllipsoidalPixelArea(new Affine(-180, degrees, 0, 90, 0, -degrees));
        var sum = Enumerable.Range(0, (int)(180 / degrees)).Sum(area.SquareMetres) * 360 / degrees;
        Assert.Equal(1, sum / EarthSquareMetres, 10);
    }

    [Fact]
    public void A_small_pixel_is_the_product_of_its_radii_of_curvature()
    {
        const double step = 1e-4;
        var area = new EllipsoidalPixelArea(new Affine(7, step, 0, 45 + (step / 2), 0, -step)).SquareMetres(0);
        var (a, e2) = (6378137.0, 0.00669437999014);
        var w = 1 - (e2 * 0.5);
        var expected = a * a * (1 - e2) / (w * w) * Math.Cos(Math.PI / 4) * Math.Pow(step * Math.PI / 180, 2);
        Assert.Equal(1, area / expected, 7);
    }

    [Fact]
    public void A_row_beyond_the_pole_covers_nothing() =>
        Assert.Equal(0, new EllipsoidalPixelArea(new Affine(0, 1, 0, 91, 0, -1)).SquareMetres(0));

    [Fact]
    public void A_projected_pixel_is_its_determinant_in_metres() =>
        Assert.Equal(
            100 * 0.3048 * 0.3048,
            new PlanarPixelArea(new Affine(0, 10, 0, 0, 0, -10), 0.3048).SquareMetres(5),
            9);

    [Fact]
    public void The_area_of_a_region_adds_up_its_rows()
    {
        var mask = Mask.Parse("....", ".##.", "####", "....");
        using var scene = new LabelledScene(mask, 64);
        var area = new EllipsoidalPixelArea(new Affine(10, 0.001, 0, 50, 0, -0.001));
        Assert.Equal(
            (2 * area.SquareMetres(1)) + (4 * area.SquareMetres(2)), scene.Reader().Facts(0).AreaSquareMetres);
        Assert.Equal(LandCoverClass.Water, scene.Reader().Facts(0).Class);
    }
}
