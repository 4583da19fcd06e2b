using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Pipeline;
using Xunit;

namespace SpexStream.Tests.Scenes;

public sealed class StripPlacementTests
{
    private static readonly Affine Grid = new(500_000, 10, 0, 5_000_000, 0, -10);
    private static readonly CoordinateSystem Utm = new("utm", "EPSG:32633", false, 1);

    [Fact]
    public void The_scene_grid_is_the_strips_moved_up_by_its_row_offset()
    {
        var delivery = Placed(Strip());
        Assert.Equal(Grid.Shifted(0, -200), delivery.Scene.Transform);
        Assert.Equal((200, 100, 2), (delivery.Strip.RowOffset, delivery.Strip.Height, delivery.Strip.Index));
        Assert.Equal((800, 1000), (delivery.Scene.Width, delivery.Scene.Height));
    }

    [Fact]
    public void A_file_that_is_the_whole_scene_needs_no_offset_and_tells_the_height()
    {
        var delivery = Placed(Strip() with { RowOffset = null, SceneShape = null, StripCount = 1, StripIndex = 0 });
        Assert.Equal((0, 100), (delivery.Strip.RowOffset, delivery.Scene.Height));
    }

    [Fact]
    public void Several_strips_without_a_shape_leave_the_height_open() =>
        Assert.Null(Placed(Strip() with { SceneShape = null }).Scene.Height);

    [Fact]
    public void Without_an_offset_the_geotransform_gives_the_row_counted_from_the_zero_of_the_system()
    {
        var upper = Placed(Strip() with { RowOffset = null, SceneShape = null });
        Assert.True(upper.Scene.RowsAreAbsolute);
        Assert.Null(upper.Scene.Height);
        var origin = upper.Scene.Transform!.Value;
        Assert.InRange(Math.Abs(origin.OriginY / origin.RowY), 0, 1);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_its_reason()
    {
        Refused(RejectionReason.OffGrid, Strip() with { SceneShape = new(1000, 801) });
        Refused(RejectionReason.OffGrid, Strip() with { SceneShape = new(299, 800) });
        Refused(RejectionReason.BandCount, Named("green", "nir"));
        Refused(RejectionReason.TooFewBands, Named("green", "b2", "b3"));
        Refused(RejectionReason.BadField, Named("green", "nir", "nir"));
    }

    [Fact]
    public void Rows_beyond_what_a_scene_can_have_are_refused()
    {
        Refused(RejectionReason.TooLarge,
            Strip() with { RowOffset = int.MaxValue - 50, SceneShape = new(int.MaxValue, 800) });
        Refused(RejectionReason.TooLarge, Strip() with { RowOffset = int.MaxValue - 50, SceneShape = null });
    }

    [Theory]
    [InlineData(4_000_000, 17_179, true)]
    [InlineData(4_000_000, 17_180, false)]
    [InlineData(1_000_000, 70_000, false)]
    [InlineData(4_000_001, 100, false)]
    public void Rows_times_columns_have_a_limit_and_the_refusal_names_it(int rows, int columns, bool fits)
    {
        var (delivery, rejection) = StripPlacement.Place(
            Strip() with { SceneShape = new(rows, columns) }, Info() with { Width = columns }, null);
        Assert.Equal(fits, delivery is not null);
        if (!fits)
        {
            Assert.Equal(RejectionReason.TooLarge, rejection!.Reason);
            Assert.Contains("4000000 rows and 68719476736 pixels", rejection.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_strip_taller_than_a_scene_is_refused_without_an_offset_too() => Assert.Equal(
        RejectionReason.TooLarge,
        StripPlacement.Place(Strip() with { RowOffset = null, SceneShape = null }, Info() with { Height = 4_000_001 },
            null).Rejection!.Reason);

    [Fact]
    public void A_single_strip_below_the_scenes_first_row_lies_inside_of_its_scene() =>
        Assert.Equal(300, Placed(Strip() with { StripCount = 1, StripIndex = 0, SceneShape = null }).Scene.Height);

    [Fact]
    public void The_last_row_of_the_scene_still_fits() =>
        Assert.Equal(300, Placed(Strip() with { SceneShape = new(300, 800) }).Scene.Height);

    [Fact]
    public void Bands_that_no_rule_uses_are_left_in_the_file()
    {
        var delivery = Placed(Named("nir", "rededge1", "green"));
        Assert.Equal([0, 2], delivery.FileBands.AsEnumerable());
        Assert.Equal(["nir", "green"], delivery.Scene.Imagery.Bands.Names.AsEnumerable());
    }

    [Fact]
    public void Without_announced_bands_the_files_descriptions_count()
    {
        var strip = Strip() with { Data = Strip().Data with { Bands = [] } };
        var (delivery, _) = StripPlacement.Place(strip, Info(names: ["swir16", "", "green"]), null);
        Assert.Equal([0, 2], delivery!.FileBands.AsEnumerable());
    }

    [Fact]
    public void A_scale_without_a_level_means_top_of_atmosphere()
    {
        var scaled = Placed(
            Strip() with { Data = Strip().Data with { Scale = 0.0001, Offset = -0.1 } }).Scene.Imagery.Radiometry;
        Assert.Equal(RadiometryLevel.TopOfAtmosphere, scaled.Level);
        Assert.Equal([0.0001, 0.0001, 0.0001], scaled.Scale.AsEnumerable());
        Assert.Equal([-0.1, -0.1, -0.1], scaled.Offset.AsEnumerable());
    }

    [Fact]
    public void The_announcement_beats_the_files_scale_and_the_file_beats_nothing()
    {
        var tagged = Info(scale: 0.5, offset: 0.25);
        var own = StripPlacement.Place(Strip(), tagged, null).Delivery!.Scene.Imagery.Radiometry;
        Assert.Equal((RadiometryLevel.TopOfAtmosphere, 0.5, 0.25), (own.Level, own.Scale[0], own.Offset[0]));

        var announced = Strip() with
        {
            Data = Strip().Data with { Scale = 0.0001 },
            Radiometry = RadiometryLevel.SurfaceReflectance
        };
        var said = StripPlacement.Place(announced, tagged, null).Delivery!.Scene.Imagery.Radiometry;
        Assert.Equal((RadiometryLevel.SurfaceReflectance, 0.0001, 0.0), (said.Level, said.Scale[0], said.Offset[0]));
    }

    [Fact]
    public void Without_scale_or_level_a_scene_is_uncalibrated_and_none_says_so_whatever_the_file_has()
    {
        Assert.Equal(RadiometryLevel.Uncalibrated, Placed(Strip()).Scene.Imagery.Radiometry.Level);
        var none = StripPlacement.Place(
            Strip() with { Radiometry = RadiometryLevel.Uncalibrated }, Info(scale: 0.5),
                null).Delivery!.Scene.Imagery.Radiometry;
        Assert.Equal((RadiometryLevel.Uncalibrated, 1.0), (none.Level, none.Scale[0]));
    }

    [Fact]
    public void Nodata_is_announced_or_tagged_or_ignored()
    {
        var tagged = Info(nodata: 0);
        Assert.Equal([0.0, 0, 0], Nodata(Strip(), tagged));
        Assert.Equal([7.0, 7, 7], Nodata(Strip() with { Data = Strip().Data with { Nodata = 7 } }, tagged));
        Assert.Empty(Nodata(Strip() with { Data = Strip().Data with { IgnoresFileNodata = true } }, tagged));
        Assert.Equal([null, null, null], Nodata(Strip(), Info()));

        static IEnumerable<double?> Nodata(StripAnnouncement strip, RasterInfo info) =>
            StripPlacement.Place(strip, info, null).Delivery!.Scene.Imagery.Nodata;
    }

    [Fact]
    public void Bands_of_different_types_are_read_as_floats()
    {
        var info =
            Info() with { Bands = [.. Info().Bands.Select((b, i) => i == 0 ? b with { Type = PixelType.Int16 } : b)] };
        Assert.Equal(PixelType.Float32, StripPlacement.Place(Strip(), info, null).Delivery!.Scene.Imagery.Type);
    }

    [Fact]
    public void The_size_of_a_pixel_is_in_metres_whatever_the_unit_of_the_grid()
    {
        Assert.Equal(10, Placed(Strip()).Scene.Imagery.PixelSizeMetres, 9);
        var feet = StripPlacement.Place(Strip(), Info(), Utm with { MetresPerUnit = 0.3048 }).Delivery!;
        Assert.Equal(3.048, feet.Scene.Imagery.PixelSizeMetres, 9);
        var degrees = Info() with
        {
            Transform = new(10, 0.001, 0, 60.05, 0, -0.001),
            Crs = new("geo", "EPSG:4326", true, 1)
        };
        // At 60 degrees a degree of longitude is half as long: the edge of an equal square is sqrt(1/2) of a degree's.
        Assert.Equal(111.32 * Math.Sqrt(0.5),
            StripPlacement.Place(Strip(), degrees, null).Delivery!.Scene.Imagery.PixelSizeMetres, 1);
    }

    private static StripDelivery Placed(StripAnnouncement strip) => StripPlacement.Place(strip, Info(), null).Delivery!;

    private static void Refused(RejectionReason reason, StripAnnouncement strip)
    {
        var (delivery, rejection) = StripPlacement.Place(strip, Info(), null);
        Assert.Null(delivery);
        Assert.Equal(reason, rejection!.Reason);
    }

    private static StripAnnouncement Named(params string[] names) =>
        Strip() with { Data = Strip().Data with { Bands = [.. names.Select(name => new StripBand(name, name))] } };

    private static StripAnnouncement Strip() => new()
    {
        ItemId = "scene-2",
        Scene = SceneId.Parse("scene"),
        Platform = PlatformId.Parse("sat"),
        StripIndex = 2,
        StripCount = 5,
        RowOffset = 200,
        SceneShape = new(1000, 800),
        SensingStart = SceneStory.Dawn,
        SensingEnd = SceneStory.Dawn,
        Data = new StripAsset
        {
            Href = null,
            Bands = [.. new[] { "green", "nir", "red" }.Select(name => new StripBand(name, name))],
        },
    };

    private static RasterInfo Info(
        double? nodata = null, double? scale = null, double? offset = null, string[]? names = null) => new()
        {
            Path = "/strip.tif",
            Driver = "GTiff",
            Width = 800,
            Height = 100,
            Bands = [.. Enumerable.Range(0, 3).Select(
            i => new RasterBand(PixelType.UInt16, nodata, scale, offset, names?[i] ?? string.Empty))],
            Transform = Grid,
            Crs = Utm,
            BlockWidth = 256,
            BlockHeight = 256,
        };
}
