using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Scenes;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class SceneMatchTests
{
    private static readonly Affine Grid = new(399_960, 10, 0, 5_100_000, 0, -10);

    [Fact]
    public void A_strip_on_the_grid_belongs_to_the_scene() => Assert.Null(SceneMatch.Check(Scene(), Scene()));

    [Theory]
    [InlineData(0.005, true)]
    [InlineData(-0.009, true)]
    [InlineData(0.02, false)]
    [InlineData(-0.5, false)]
    public void A_hundredth_of_a_pixel_off_the_grid_is_tolerated(double pixels, bool tolerated)
    {
        var across = SceneMatch.Check(Scene(), Scene() with { Transform = Grid.Shifted(pixels, 0) });
        var along = SceneMatch.Check(Scene(), Scene() with { Transform = Grid.Shifted(0, pixels) });
        Assert.Equal(tolerated, across is null);
        Assert.Equal(tolerated, along is null);
    }

    [Fact]
    public void A_pixel_size_that_drifts_off_over_the_scene_is_off_the_grid()
    {
        // Half a thousandth of a metre a pixel is nothing at the origin and 0.05 pixel at the far side.
        var drifting = Grid with { ColumnX = 10.0005 };
        Assert.Equal(RejectionReason.OffGrid, SceneMatch.Check(Scene(), Scene() with { Transform = drifting })!.Reason);
    }

    [Fact]
    public void With_and_without_georeference_do_not_go_together()
    {
        Assert.NotNull(SceneMatch.Check(Scene(), Scene() with { Transform = null }));
        Assert.NotNull(SceneMatch.Check(Scene() with { Transform = null }, Scene()));
        Assert.Null(SceneMatch.Check(Scene() with { Transform = null }, Scene() with { Transform = null }));
    }

    [Fact]
    public void Every_contradiction_of_the_scene_has_its_reason()
    {
        var scene = Scene();
        var imagery = scene.Imagery;
        Refused(RejectionReason.OffGrid, "1001", scene with { Width = 1001 });
        Refused(RejectionReason.OffGrid, "901 rows", scene with { Height = 901 });
        Refused(RejectionReason.OffGrid, "coordinate system", scene with { Crs = scene.Crs! with { Wkt = "other" } });
        Refused(
            RejectionReason.BadField, "red,nir", scene with { Imagery = imagery with { Bands = new(["red", "nir"]) } });
        Refused(RejectionReason.BadField, "UInt8", scene with { Imagery = imagery with { Type = PixelType.UInt8 } });
        foreach (var other in new[]
        {
            Radiometry.Uniform(2, 0.0001, 0, RadiometryLevel.TopOfAtmosphere),
            Radiometry.Uniform(2, 0.0002, 0, RadiometryLevel.SurfaceReflectance),
            Radiometry.Uniform(2, 0.0001, -0.1, RadiometryLevel.SurfaceReflectance),
        })
        {
            Refused(
                RejectionReason.BadField, "radiometry", scene with { Imagery = imagery with { Radiometry = other } });
        }
    }

    [Fact]
    public void A_height_that_one_side_does_not_know_contradicts_nothing()
    {
        Assert.Null(SceneMatch.Check(Scene() with { Height = null }, Scene()));
        Assert.Null(SceneMatch.Check(Scene(), Scene() with { Height = null }));
    }

    private static void Refused(RejectionReason reason, string words, SceneSpec strip)
    {
        var rejection = SceneMatch.Check(Scene(), strip);
        Assert.Equal(reason, rejection?.Reason);
        Assert.Contains(words, rejection!.Sentence, StringComparison.Ordinal);
    }

    private static SceneSpec Scene() => new()
    {
        Id = SceneId.Parse("scene"),
        Platform = PlatformId.Parse("sat"),
        SensedFrom = SceneStory.Dawn,
        SensedTo = SceneStory.Dawn,
        Imagery = new(
            new BandSet(["green", "nir"]), PixelType.UInt16,
            Radiometry.Uniform(2, 0.0001, 0, RadiometryLevel.SurfaceReflectance), [null, null], 10),
        Width = 1000,
        Height = 900,
        Transform = Grid,
        Crs = new CoordinateSystem("utm", "EPSG:32633", false, 1),
        StripCount = 3,
    };
}
