using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Regions;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Alerts;
using SpexStream.Raster;
using SpexStream.Tests.Journal;
using SpexStream.Tests.Regions;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Alerts;

/// <summary>Reference masks as files of any grid under a scene in UTM.</summary>
public sealed class ReferenceMasksTests : IDisposable
{
    private const int Edge = 64;
    private static readonly Affine Grid = new(500_000, 10, 0, 5_900_000, 0, -10);
    private static readonly CoordinateSystem Utm = Places.Transforms.Parse("EPSG:32633");
    private static readonly SceneSpec Scene = SampleFacts.Opened().Scene with { Transform = Grid, Crs = Utm };
    private readonly TemporaryFolder _folder = new();
    private readonly GdalRasterStore _store = new(new RasterOptions());
    private readonly List<string> _troubles = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("EPSG:32633")]
    [InlineData("EPSG:3857")]
    [InlineData("EPSG:4326")]
    public void What_is_usually_water_is_taken_off_whatever_grid_its_mask_is_on(string crs)
    {
        // The western half is usually water; the scene is all water.
        WriteMask(crs, (longitude, _) => longitude < Middle().Longitude ? MaskCode.Yes : MaskCode.No);
        Assert.Equal(0.5, Measured().ClassShare, 0.02);
        Assert.Equal(1, Measured().ClearShare, 0.01);
        Assert.Empty(_troubles);
    }

    [Fact]
    public void Partial_water_counts_as_usual_and_all_other_codes_are_not_known()
    {
        WriteMask("EPSG:32633", (longitude, latitude) => longitude < Middle().Longitude
            ? latitude > Middle().Latitude ? MaskCode.Partial : MaskCode.Cloud
            : latitude > Middle().Latitude ? MaskCode.No : MaskCode.Nodata);
        var measured = Measured();
        Assert.Equal(0.5, measured.ClearShare, 0.02);
        Assert.Equal(0.5, measured.ClassShare, 0.02);
    }

    [Fact]
    public void A_mask_that_changes_is_read_again()
    {
        WriteMask("EPSG:32633", (_, _) => MaskCode.Yes);
        Assert.Equal(0, Measured().ClassSquareMetres);
        WriteMask("EPSG:32633", (_, _) => MaskCode.No);
        File.SetLastWriteTimeUtc(_folder["usual.tif"], new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(1, Measured().ClassShare);
    }

    [Fact]
    public void A_mask_is_another_when_it_says_something_else_or_lies_elsewhere()
    {
        WriteMask("EPSG:32633", (_, _) => MaskCode.Yes);
        var digest = Measured().Reference;
        WriteMask("EPSG:32633", (_, _) => MaskCode.Yes);
        Assert.Equal(digest, Measured().Reference);
        WriteMask("EPSG:4326", (_, _) => MaskCode.Yes);
        var elsewhere = Measured().Reference;
        WriteMask("EPSG:32633", (longitude, _) => longitude < Middle().Longitude ? MaskCode.Yes : MaskCode.No);
        Assert.Equal(3, new[] { digest, elsewhere, Measured().Reference }.Distinct().Count());
        Assert.Matches("^[0-9a-f]{12}$", digest);
    }

    [Theory]
    [InlineData("EPSG:32633")]
    [InlineData("+proj=tmerc +lon_0=15 +x_0=500000")]
    public void A_mask_whose_system_another_version_of_gdal_words_otherwise_is_the_same(string definition)
    {
        WriteMask("EPSG:32633", (_, _) => MaskCode.Yes);
        var crs = Places.Transforms.Parse(definition);
        var name = crs.Wkt.IndexOf('"', StringComparison.Ordinal) + 1;
        var reworded = crs with { Wkt = crs.Wkt.Insert(name, "now called ") };
        Assert.Equal(DigestIn(crs), DigestIn(reworded));
        Assert.Empty(_troubles);
    }

    [Theory]
    [InlineData("EPSG:32633", "EPSG:32633", 10)]
    [InlineData("EPSG:32633", "EPSG:32632", 0)]
    [InlineData("EPSG:32633", "EPSG:25833", 0)]
    [InlineData("+proj=tmerc +lon_0=15 +x_0=500000", "+proj=tmerc +lon_0=15 +x_0=500000", 10)]
    [InlineData("+proj=tmerc +lon_0=15 +x_0=500000", "+proj=tmerc +lon_0=15.0001 +x_0=500000", 0)]
    public void A_mask_that_says_the_same_on_another_grid_is_another(string one, string other, double east)
    {
        WriteMask("EPSG:32633", (_, _) => MaskCode.Yes);
        Assert.NotEqual(
            DigestIn(Places.Transforms.Parse(one)), DigestIn(Places.Transforms.Parse(other), east));
        Assert.Empty(_troubles);
    }

    [Fact]
    public void A_mask_that_is_written_while_it_is_read_is_not_judged_by_and_read_again_with_the_next_scene()
    {
        WriteMask("EPSG:32633", (_, _) => MaskCode.Yes);
        var masks = Masks(new AlteredStore(_store)
        {
            OnRead = () => File.SetLastWriteTimeUtc(
                _folder["usual.tif"], new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
        });
        Assert.Null(Under(masks));
        Assert.Contains("was changed while it was read", Assert.Single(_troubles), StringComparison.Ordinal);
        Assert.Single(masks.Faults);
        Assert.NotNull(Under(masks));
        Assert.Empty(masks.Faults);
    }

    [Fact]
    public void A_mask_that_changes_while_a_scene_is_measured_answers_for_it_in_one_form()
    {
        WriteMask("EPSG:32633", (_, _) => MaskCode.No);
        var mask = new Mask(Edge, Edge);
        mask.Each((_, _) => CoverCode.Water);
        using var labelled = new LabelledScene(mask, Edge, new RegionFilter(true, 3));
        var rule = Play.Water() with { Metric = AlertMetric.Change, Baseline = new AlertBaseline.Reference("usual") };
        var rules = Rules([rule]);
        var facts = new AreaMeasurer(() => rules, Masks(_store)).Measure(new()
        {
            Scene = Scene,
            Revision = 1,
            Map = Map(),
            Ground = new PlanarPixelArea(Grid, 1),
            Tiles = new WatchedTiles(labelled, () => WriteMask("EPSG:32633", (_, _) => MaskCode.Yes)),
            Regions = labelled.Regions,
            Classes = [LandCoverClass.Water],
            Backend = "segmentation",
            Second = new("spectral", [LandCoverClass.Water], _ => new MaskRows(mask)),
            Product = "link",
            Threads = 1,
        });
        var reading = Assert.Single(Assert.Single(facts).Areas);
        Assert.True(reading.Measured.ClassSquareMetres > 0);
        Assert.Equal(reading.Measured.ClassSquareMetres, reading.Second!.Both!.ClassSquareMetres);
    }

    [Fact]
    public void A_mask_that_cannot_be_read_leaves_its_orders_unmeasured_and_says_so()
    {
        File.WriteAllText(_folder["usual.tif"], "no raster");
        Assert.Empty(Measure());
        Assert.Contains("usual", Assert.Single(_troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_that_cannot_be_had_are_known_before_a_scene_comes_and_until_they_are_mended()
    {
        var masks = Masks(_store);
        var references = ImmutableDictionary<string, string>.Empty
            .Add("usual", _folder["usual.tif"]).Add("gone", _folder["gone.tif"]).Add("none", _folder["none.tif"]);
        var rules = RuleSet.None with { References = references };
        WriteMask("EPSG:32633", (_, _) => MaskCode.No);
        File.WriteAllText(_folder["none.tif"], "no raster");
        File.CreateSymbolicLink(_folder["gone.tif"], _folder["nowhere.tif"]);
        masks.Check(rules);
        Assert.Equal(["gone", "none"], masks.Faults.Select(fault => fault.Split(' ', ':')[2]));
        Assert.Equal(2, _troubles.Count);
        File.Copy(_folder["usual.tif"], _folder["none.tif"], overwrite: true);
        masks.Check(rules with { References = references.Remove("gone") });
        Assert.Empty(masks.Faults);
    }

    private static GroundMap Map() => GroundMap.Create(Edge, Edge, Grid, Utm, Places.Transforms)!;

    private static LonLat Middle() => Map().At(Edge / 2.0, Edge / 2.0);

    private AreaMeasurement Measured() => Assert.Single(Measure()).Value;

    private ImmutableDictionary<MeasureOrder, AreaMeasurement> Measure()
    {
        var references = Masks(_store);
        var ground = new PlanarPixelArea(Grid, 1);
        var mask = new Mask(Edge, Edge);
        mask.Each((_, _) => CoverCode.Water);
        return new SceneMeasurer(Map(), ground, 1).Measure(
            Rules([]).Index, [new MeasureOrder(0, LandCoverClass.Water, 0, "usual")], _ => new MaskRows(mask),
            (_, _) => Under(references));
    }

    private PairedRows? Under(ReferenceMasks masks) => masks.Under(Rules([]), "usual", Scene, Map());

    private RuleSet Rules(ImmutableArray<AlertRule> rules)
    {
        var map = Map();
        var area = Places.Area("all", [map.At(4, 4), map.At(60, 4), map.At(60, 60), map.At(4, 60)]);
        return new(rules, new([area]))
        {
            References = ImmutableDictionary<string, string>.Empty.Add("usual", _folder["usual.tif"]),
        };
    }

    private ReferenceMasks Masks(IRasterStore store) =>
        new(store, Places.Transforms, (_, trouble) => _troubles.Add(trouble));

    /// <summary>The digest of the mask as if its header named another system, and another place.</summary>
    private string DigestIn(CoordinateSystem crs, double east = 0) => Under(Masks(new AlteredStore(_store)
    {
        Header = info => info with
        {
            Crs = crs,
            Transform = info.Transform!.Value with { OriginX = info.Transform.Value.OriginX + east },
        },
    }))!.Digest!;

    /// <summary>A mask around the scene, with about its resolution.</summary>
    private void WriteMask(string crs, Func<double, double, byte> code)
    {
        const int Size = 160;
        var system = Places.Transforms.Parse(crs);
        var middle = Middle();
        var (x, y) = crs switch
        {
            "EPSG:32633" => Grid.ToCrs(Edge / 2.0, Edge / 2.0),
            "EPSG:3857" => (middle.Longitude * 111_319.490793,
                6_378_137 * Math.Log(Math.Tan((Math.PI / 4) + (middle.Latitude * Math.PI / 360)))),
            _ => (middle.Longitude, middle.Latitude),
        };
        var step = system.IsGeographic ? 0.0001 : 10.0;
        var transform = new Affine(x - (Size / 2 * step), step, 0, y + (Size / 2 * step), 0, -step);
        var map = GroundMap.Create(Size, Size, transform, system, Places.Transforms)!;
        var samples = new byte[Size * Size];
        for (var i = 0; i < samples.Length; i++)
        {
            var place = map.At((i % Size) + 0.5, (i / Size) + 0.5);
            samples[i] = code(place.Longitude, place.Latitude);
        }

        GeoTiffWriter.Write<byte>(_folder["usual.tif"], Size, Size, samples, transform, system, null);
    }

    private sealed class WatchedTiles(ITileResults tiles, Action onRead) : ITileResults
    {
        public TileResult Read(TileIndex tile)
        {
            onRead();
            return tiles.Read(tile);
        }
    }
}
