using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Products;

namespace SpexStream.Tests.Raster;

/// <summary>Regions of any shape, for writers that do not care whether a shape could be one.</summary>
internal static class MadeRegions
{
    public static readonly RegionFacts Lake = new()
    {
        Id = "made.water.17",
        Class = LandCoverClass.Water,
        Pixels = 1234,
        AreaSquareMetres = 123_400,
        Share = 0.125,
        Bounds = new(3, 4, 50, 60),
        Centroid = new(20.5, 30.25),
        CentroidOnEarth = new LonLat(13.5, 46.25),
        TouchesEdge = true,
        MeanConfidence = 77.777,
        TenthPercentileConfidence = 40,
        MeanIndex = ImmutableSortedDictionary<IndexKind, double>.Empty.Add(IndexKind.Ndwi, 0.43212),
        Spie = new SpieAttributes(
            "large", new(0.2, 0.3), "centre", [new(0, 0.25), new(1, 0.5), new(0.001, 0.999), new(0.12, 0.3)]),
    };

    /// <summary>A region, a shape with polygons and holes, and a text, all drawn from a random sequence.</summary>
    public static (RegionFacts Facts, GroundShape Shape, string Text) Draw(Random random, int number, int mostPositions)
    {
        var shape = new GroundShape([], [], []);
        var (x, y) = ((random.NextDouble() * 8) - 4, (random.NextDouble() * 6) + 44);
        for (var polygons = random.Next(1, 4); polygons > 0; polygons--)
        {
            for (var rings = random.Next(1, 4); rings > 0; rings--)
            {
                for (var positions = random.Next(4, mostPositions); positions > 0; positions--)
                {
                    shape.Coordinates.Add(x + (random.NextDouble() * 0.05));
                    shape.Coordinates.Add(y + (random.NextDouble() * 0.05));
                }

                shape.RingEnds.Add(shape.Coordinates.Count / 2);
            }

            shape.PolygonRings.Add(shape.RingEnds.Count);
        }

        var facts = Lake with
        {
            Id = $"made-{number}",
            Pixels = random.NextInt64(1L << 40),
            Share = random.NextDouble()
        };
        return (facts, shape, new string('é', random.Next(0, 9)) + " m² \"");
    }

    /// <summary>The rings of a shape as <see cref="FlatGeobufReading.Polygons"/> gives them.</summary>
    public static double[][][] Polygons(GroundShape shape)
    {
        var ring = 0;
        return [.. shape.PolygonRings.Select(end =>
        {
            var rings = Enumerable.Range(ring, end - ring).Select(i =>
            {
                var positions = new double[2 * shape.RingLength(i)];
                shape.Read(i, 0, positions);
                return positions;
            }).ToArray();
            ring = end;
            return rings;
        })];
    }
}
