using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Messages;
using SpexStream.Messaging.Wire.Outgoing;
using Xunit;
using Xunit.Abstractions;

namespace SpexStream.Tests.Wire;

public sealed class GeographyTests(ITestOutputHelper output)
{
    [Fact]
    public void Rings_are_closed_and_turn_as_rfc_7946_says_however_they_were_given()
    {
        ImmutableArray<LonLat> clockwise = [new(13, 53), new(13, 54), new(14, 54), new(14, 53), new(13, 53)];
        ImmutableArray<LonLat> hole = [new(13.4, 53.4), new(13.6, 53.4), new(13.6, 53.6)];
        var region = Sample.Region() with { Outlines = [new([new(clockwise, [hole])])] };

        Assert.Equal(
            "[[[13,53],[14,53],[14,54],[13,54],[13,53]],[[13.4,53.4],[13.6,53.6],[13.6,53.4],[13.4,53.4]]]",
            Coordinates(region));
    }

    [Fact]
    public void Several_polygons_are_a_multi_polygon_and_numbers_are_rounded()
    {
        var third = 1.0 / 3;
        ImmutableArray<LonLat> ring = [new(third, third), new(1, third), new(1, 1), new(1, 1.0000000001)];
        var region = Sample.Region() with { Outlines = [new([new(ring), new(ring)])] };

        Assert.Equal(
            "[[[[0.333333,0.333333],[1,0.333333],[1,1],[0.333333,0.333333]]],"
                + "[[[0.333333,0.333333],[1,0.333333],[1,1],[0.333333,0.333333]]]]",
            Coordinates(region));
    }

    [Fact]
    public void A_region_below_the_rounding_keeps_its_area()
    {
        ImmutableArray<LonLat> ring = [new(13, 53), new(13.00000001, 53), new(13.00000001, 53.00000001)];

        Assert.Equal(
            "[[[13,53],[13.00000001,53],[13.00000001,53.00000001],[13,53]]]",
            Coordinates(Sample.Region() with { Outlines = [new([new(ring)])] }));
    }

    [Fact]
    public void A_ring_over_the_antimeridian_is_cut_and_its_box_runs_from_west_to_east()
    {
        var outline = GeoOutline.FromRing([new(179, 10), new(-178, 10), new(-178, 12), new(179, 12)]);

        Assert.Equal(2, outline.Polygons.Length);
        Assert.All(outline.Polygons, p => Assert.All(p.Exterior, v => Assert.InRange(v.Longitude, -180, 180)));
        Assert.Equal(new GeoBox(179, 10, -178, 12), GeoBox.Around(outline));
        Assert.Equal(new LonLat(-179.5, 11), GeoBox.Around(outline).Centre);
        Assert.Equal(2, GeoOutline.FromBox(GeoBox.Around(outline)).Polygons.Length);
    }

    [Fact]
    public void A_ring_that_runs_on_beyond_180_is_the_same_ring()
    {
        var outline = GeoOutline.FromRing([new(179, 10), new(182, 10), new(182, 12), new(179, 12), new(179, 10)]);

        Assert.Equal(new GeoBox(179, 10, -178, 12), GeoBox.Around(outline));
    }

    [Fact]
    public void A_ring_elsewhere_is_left_alone()
    {
        ImmutableArray<LonLat> ring = [new(13, 53), new(14, 53), new(14, 54)];

        Assert.Equal(
            ring.AsEnumerable(), Assert.Single(Antimeridian.Split(ring)).Exterior.AsEnumerable());
    }

    [Fact]
    public void A_ring_around_the_pole_is_closed_over_it()
    {
        var outline = GeoOutline.FromRing([.. Enumerable.Range(0, 12).Select(i => new LonLat((i * 30) - 180, 80))]);

        Assert.Equal(new GeoBox(-180, 80, 180, 90), GeoBox.Around(outline));
        Assert.Equal(3600, outline.Polygons.Sum(Area), 6);
    }

    [Fact]
    public void Cutting_keeps_the_area()
    {
        const int seed = 5;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var (count, centre) = (random.Next(3, 40), (random.NextDouble() * 360) - 180);
            ImmutableArray<LonLat> flat = [.. Enumerable.Range(0, count)
                .Select(k => (Angle: 2 * Math.PI * k / count, Radius: 1 + (random.NextDouble() * 15)))
                .Select(p => new LonLat(centre + (p.Radius * Math.Cos(p.Angle)), p.Radius * Math.Sin(p.Angle)))];
            ImmutableArray<LonLat> wrapped = [.. flat.Select(p => p with { Longitude = Wrap(p.Longitude) })];

            var cut = Antimeridian.Split(wrapped);

            Assert.Equal(Area(new(flat)), cut.Sum(Area), 6);
            Assert.All(cut, p => Assert.All(p.Exterior, v => Assert.InRange(v.Longitude, -180, 180)));
        }
    }

    private static double Wrap(double longitude) =>
        longitude - (360 * Math.Round(longitude / 360));

    private static double Area(GeoPolygon polygon)
    {
        var (ring, twice) = (polygon.Exterior, 0.0);
        for (var i = 0; i < ring.Length; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Length]);
            twice += (a.Longitude * b.Latitude) - (b.Longitude * a.Latitude);
        }

        return Math.Abs(twice) / 2;
    }

    private static string Coordinates(Observation observation) =>
        JsonNode.Parse(Sample.Json(ObservationMessage.Encode(observation, Sample.Context)))!
            ["geometry"]!["coordinates"]!.ToJsonString();
}
