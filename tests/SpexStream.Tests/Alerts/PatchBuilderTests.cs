using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Regions;
using SpexStream.Pipeline.Alerts;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class PatchBuilderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void However_ragged_gains_are_their_outlines_stay_short_and_where_they_are(int count)
    {
        var random = new Random(91);
        var tracer = new OutlineTracer();
        ImmutableArray<RegionOutline> outlines =
        [
            .. Enumerable.Range(0, count).Select(i => tracer.Trace(
            [
                .. Enumerable.Range(0, 300).Select(row => new RegionRun(
                    row, (200 * i) + random.Next(60), (200 * i) + 100 + random.Next(60))),
            ])),
        ];
        var map = Places.Degrees(2000, 300, new(10, 0.001, 0, 50, 0, -0.001));
        var patches = new PatchBuilder(new(map, new PlanarPixelArea(Affine.Identity, 1), false)).Of(outlines);
        Assert.Equal(outlines.Select(outline => (long)outline.Area), patches.Select(patch => patch.Pixels));
        Assert.InRange(patches.Sum(patch => patch.Outline.VertexCount), 4 * count, PatchBuilder.MostPositions);
        for (var i = 0; i < count; i++)
        {
            var ring = patches[i].Outline.Polygons[0].Exterior;
            Assert.All(ring, place => Assert.InRange(place.Longitude, 10 + (0.2 * i), 10 + (0.2 * i) + 0.16));
            Assert.Equal(50, ring.Max(place => place.Latitude), 0.02);
            Assert.Equal(49.7, ring.Min(place => place.Latitude), 0.02);
            Assert.All(ring, place => Assert.Equal(Math.Round(place.Longitude, 6), place.Longitude));
        }
    }
}
