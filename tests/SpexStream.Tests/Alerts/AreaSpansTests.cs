using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Grid;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class AreaSpansTests
{
    private static readonly GroundMap Small = Places.Degrees(40, 30, new(10, 0.01, 0, 50, 0, -0.01));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_parts_of_a_partition_share_no_pixel_and_leave_none_out(int seed)
    {
        var random = new Random(seed);
        foreach (var map in new[]
        {
            Places.Degrees(211, 173, new(10, 0.01, 0, 50, 0, -0.011)),
            Places.Projected(211, 173, new(399_960, 87, 50, 5_100_000, 50, -87), "EPSG:32633"),
        })
        {
            var owners = new int[map.Width * map.Height];
            var filler = new SpanFiller(map);
            foreach (var cell in Cells(map, random))
            {
                foreach (var run in filler.Fill(cell)!.Runs)
                {
                    for (var column = run.Start; column < run.End; column++)
                    {
                        owners[(run.Row * map.Width) + column]++;
                    }
                }
            }

            Assert.All(owners, owner => Assert.Equal(1, owner));
        }
    }

    [Theory]
    [InlineData("degrees", 0.0)]
    [InlineData("EPSG:32633", 0.003)]
    [InlineData("EPSG:3857", 0.003)]
    public void A_pixel_belongs_to_an_area_when_its_centre_does(string crs, double tolerated)
    {
        var map = crs == "degrees" ? Places.Degrees(300, 200, new(15, 0.001, 0.0002, 48, 0.0001, -0.0009))
            : Places.Projected(300, 200, new(1_600_000, 90, 20, 6_000_000, 20, -90), crs);
        var random = new Random(11);
        for (var round = 0; round < 20; round++)
        {
            var centre = map.At(random.NextDouble() * 300, random.NextDouble() * 200);
            var area = Places.Area("star", Star(random, centre, 0.15), Star(random, centre, 0.03));
            var spans = new SpanFiller(map).Fill(area)!;
            var (wrong, rim) = (0, 0);
            for (var row = 0; row < map.Height; row++)
            {
                for (var column = 0; column < map.Width; column++)
                {
                    var inside = false;
                    foreach (var run in spans.Row(row))
                    {
                        inside |= column >= run.Start && column < run.End;
                    }

                    var expected = Places.Holds(area, map.At(column + 0.5, row + 0.5));
                    wrong += inside != expected ? 1 : 0;
                    rim += expected ? 1 : 0;
                }
            }

            Assert.True(wrong <= tolerated * rim, $"round {round}: {wrong} of {rim} pixels");
        }
    }

    [Fact]
    public void A_hole_is_no_part_of_an_area_whichever_way_its_ring_turns()
    {
        var (outer, inner) = (Places.Box(10.05, 49.8, 10.25, 49.95), Places.Box(10.1, 49.85, 10.2, 49.9));
        var plain = new SpanFiller(Small).Fill(Places.Area("a", outer, inner))!;
        var turned = new SpanFiller(Small).Fill(Places.Area("a", outer, [.. inner.Reverse()]))!;
        Assert.Equal((20 * 15) - (10 * 5), plain.Pixels);
        Assert.Equal(plain.Runs.ToArray(), turned.Runs.ToArray());
        Assert.Equal(250, plain.WholePixels, 6);
        Assert.Equal(1, plain.ShareOnScene);
    }

    [Fact]
    public void An_area_off_the_scene_has_no_pixel()
    {
        var spans = new SpanFiller(Small).Fill(Places.Area("a", Places.Box(11, 49.8, 11.2, 49.9)))!;
        Assert.Equal((0L, 0.0), (spans.Pixels, spans.ShareOnScene));
    }

    [Fact]
    public void An_area_that_reaches_off_the_scene_is_known_to_be_seen_in_part()
    {
        var spans = new SpanFiller(Small).Fill(Places.Area("a", Places.Box(9.8, 49.8, 10.1, 49.9)))!;
        Assert.Equal(100, spans.Pixels);
        Assert.Equal(1.0 / 3, spans.ShareOnScene, 3);
    }

    [Fact]
    public void An_area_around_the_whole_scene_holds_every_pixel()
    {
        var spans = new SpanFiller(Small).Fill(Places.Area("a", Places.Box(-60, -50, 80, 85)))!;
        Assert.Equal(1200, spans.Pixels);
        Assert.True(spans.ShareOnScene < 0.001);
    }

    [Fact]
    public void Ground_of_overlapping_polygons_counts_once()
    {
        var area = Places.Multi("a", Places.Box(10, 49.8, 10.2, 49.9), Places.Box(10.1, 49.8, 10.3, 49.9));
        Assert.Equal(300, new SpanFiller(Small).Fill(area)!.Pixels);
    }

    [Theory]
    [InlineData(179.9, -179.9)]
    [InlineData(179.9, 180.1)]
    [InlineData(-180.1, -179.9)]
    public void An_area_over_the_antimeridian_is_one_however_its_longitudes_are_written(double west, double east)
    {
        // The grid begins at 179.8 and runs on beyond 180.
        var beyond = Places.Degrees(40, 30, new(179.8, 0.01, 0, 10, 0, -0.01));
        var before = Places.Degrees(40, 30, new(-180.2, 0.01, 0, 10, 0, -0.01));
        LonLat[] ring = [new(west, 9.8), new(east, 9.8), new(east, 9.9), new(west, 9.9)];
        var area = Places.Area("a", ring);
        var halves = Places.Multi("a", Places.Box(179.9, 9.8, 180, 9.9), Places.Box(-180, 9.8, -179.9, 9.9));
        foreach (var map in new[] { beyond, before })
        {
            var spans = new SpanFiller(map).Fill(area)!;
            Assert.Equal((200L, 1.0), (spans.Pixels, spans.ShareOnScene));
            Assert.Equal(spans.Runs.ToArray(), new SpanFiller(map).Fill(halves)!.Runs.ToArray());
            Assert.Single(new AreaIndex([area]).On(map));
            Assert.Single(new AreaIndex([halves]).On(map));
        }
    }

    // A grid of cells with jittered corners, reaching beyond the scene on all sides.
    private static IEnumerable<AreaOfInterest> Cells(GroundMap map, Random random)
    {
        const int Across = 9;
        var corners = new LonLat[Across + 1, Across + 1];
        for (var i = 0; i <= Across; i++)
        {
            for (var j = 0; j <= Across; j++)
            {
                var (x, y) = ((i - 0.5 + Jitter(random)) / (Across - 1), (j - 0.5 + Jitter(random)) / (Across - 1));
                corners[i, j] = map.At(x * map.Width, y * map.Height);
            }
        }

        for (var i = 0; i < Across; i++)
        {
            for (var j = 0; j < Across; j++)
            {
                yield return Places.Area(
                    $"c{i}-{j}", [corners[i, j], corners[i + 1, j], corners[i + 1, j + 1], corners[i, j + 1]]);
            }
        }
    }

    private static double Jitter(Random random) => (random.NextDouble() - 0.5) * 0.4;

    private static LonLat[] Star(Random random, LonLat centre, double radius) =>
        [.. Enumerable.Range(0, 24).Select(i =>
        {
            var length = radius * (0.4 + (0.6 * random.NextDouble()));
            var angle = Math.Tau * i / 24;
            return new LonLat(
                centre.Longitude + (length * Math.Cos(angle)), centre.Latitude + (length * Math.Sin(angle)));
        })];
}
