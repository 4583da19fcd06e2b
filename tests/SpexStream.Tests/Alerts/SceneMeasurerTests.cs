using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Regions;
using SpexStream.Tests.Regions;
using Xunit;

namespace SpexStream.Tests.Alerts;

public sealed class SceneMeasurerTests
{
    private static readonly Affine Grid = new(10, 0.001, 0, 50, 0, -0.001);

    [Theory]
    [InlineData(21, 0.3)]
    [InlineData(22, 0.5)]
    [InlineData(23, 0.7)]
    public void Areas_of_a_partition_add_up_to_the_scene(int seed, double density)
    {
        var mask = Mask.Noise(seed, 150, 600, density);
        var map = Places.Degrees(150, 600, Grid);
        var ground = new EllipsoidalPixelArea(Grid);
        var whole = Places.Area("whole", Places.Box(10, 49.4, 10.15, 50));
        var parts = Enumerable.Range(0, 5).SelectMany(i => Enumerable.Range(0, 4).Select(j => Places.Area(
            $"p{i}-{j}", Places.Box(10 + (i * 0.03), 49.4 + (j * 0.15), 10.03 + (i * 0.03), 49.55 + (j * 0.15)))));
        var measured = Measure(map, ground, mask, 0, [whole, .. parts]);
        Assert.Equal(measured[0].ClassSquareMetres, measured.Skip(1).Sum(m => m.ClassSquareMetres), 1e-6 * 1e9);
        Assert.Equal(measured[0].ClearSquareMetres, measured.Skip(1).Sum(m => m.ClearSquareMetres), 1e-6 * 1e9);
        Assert.Equal(1, measured[0].ClearShare + HiddenShare(mask), 2);
    }

    [Theory]
    [InlineData(31, 0.2)]
    [InlineData(32, 0.45)]
    [InlineData(33, 0.6)]
    public void Parts_are_those_that_a_flood_fill_finds(int seed, double density)
    {
        var mask = seed % 2 == 0 ? Mask.Shapes(seed, 140, 530, 60) : Mask.Noise(seed, 140, 530, density);
        var map = Places.Degrees(140, 530, Grid);
        var random = new Random(seed);
        for (var round = 0; round < 10; round++)
        {
            var area = Places.Area("a", [.. Enumerable.Range(0, 7).Select(_ =>
                map.At(random.NextDouble() * 140, random.NextDouble() * 530))]);
            var minimum = round * 4.0;
            var sizes = FloodFill(mask, new SpanFiller(map).Fill(area)!);
            var measured = Measure(map, new UnitArea(), mask, minimum, [area])[0];
            Assert.Equal(sizes.Where(size => size >= minimum).Sum(), measured.ClassSquareMetres);
            Assert.Equal(sizes.DefaultIfEmpty(0).Max(), measured.LargestSquareMetres);
        }
    }

    [Fact]
    public void What_lies_off_the_scene_or_under_cloud_is_not_seen()
    {
        var mask = new Mask(100, 100);
        mask.Each((column, _) => column < 10 ? CoverCode.Cloud : column < 30 ? CoverCode.Water : CoverCode.Land);
        var map = Places.Degrees(100, 100, Grid);
        var half = Places.Area("half", Places.Box(9.95, 49.95, 10.05, 50));
        var inside = Places.Area("inside", Places.Box(10, 49.95, 10.05, 50));
        var away = Places.Area("away", Places.Box(20, 49.95, 20.05, 50));
        var index = new AreaIndex([half, inside, away]);
        var measured = new SceneMeasurer(map, new UnitArea(), 1).Measure(
            index, [Order(0), Order(1), Order(2)], _ => new MaskRows(mask), (_, _) => null);
        Assert.Equal(0.4, measured[Order(0)].ClearShare, 2);
        Assert.Equal(0.8, measured[Order(1)].ClearShare, 2);
        Assert.Equal(0.5, measured[Order(0)].OnScene!.Value, 2);
        Assert.Null(measured[Order(1)].OnScene);
        Assert.Equal(0.5, measured[Order(1)].ClassShare, 2);
        Assert.DoesNotContain(Order(2), measured.Keys);
    }

    [Fact]
    public void Rows_of_tiles_are_those_of_the_published_mask()
    {
        var mask = Mask.Noise(41, 150, 140, 0.4);
        using var scene = new LabelledScene(mask, 64, new RegionFilter(true, 3));
        var painter = new MaskPainter(scene.Regions.Of(LandCoverClass.Water));
        var rows = new TileClassRows(scene, scene.Regions, LandCoverClass.Water);
        var (band, painted) = (new RunBand(), new byte[64 * 64]);
        band.Load(rows, 0, mask.Height);
        foreach (var tile in scene.Grid.All())
        {
            var core = scene.Grid.Core(tile);
            painter.Paint(scene.Read(tile), new(0, 0, core.Width, core.Height), painted, 64);
            for (var y = 0; y < core.Height; y++)
            {
                for (var x = 0; x < core.Width; x++)
                {
                    var expected = painted[(y * 64) + x] switch
                    {
                        MaskCode.Yes => GroundState.Yes,
                        MaskCode.No or MaskCode.Partial => GroundState.No,
                        _ => GroundState.Unseen,
                    };
                    Assert.Equal(expected, band.Row(core.Row + y).At(core.Column + x));
                }
            }
        }
    }

    [Fact]
    public void With_a_reference_only_what_lies_off_it_counts_and_only_where_it_knows()
    {
        var (mask, reference) = (new Mask(60, 40), new Mask(60, 40));
        mask.Each((column, _) => column < 30 ? CoverCode.Water : CoverCode.Land);
        reference.Each((column, row) =>
            row >= 30 ? CoverCode.Nodata : column < 20 ? CoverCode.Water : CoverCode.Land);
        var map = Places.Degrees(60, 40, Grid);
        var band = new RunBand();
        band.Load(new MaskRows(reference), 0, 40);
        var order = new MeasureOrder(0, LandCoverClass.Water, 0, "usual");
        var area = Places.Area("a", Places.Box(10, 49.96, 10.06, 50));
        var measured = new SceneMeasurer(map, new UnitArea(), 2).Measure(
            new([area]), [order], _ => new MaskRows(mask), (_, _) => new(band, new AffineMapping(Grid, Grid)));
        Assert.Equal(10 * 30, measured[order].ClassSquareMetres);
        Assert.Equal(0.75, measured[order].ClearShare, 2);
    }

    private static MeasureOrder Order(int area, double minimum = 0) => new(area, LandCoverClass.Water, minimum, null);

    private static AreaMeasurement[] Measure(
        GroundMap map, IPixelArea ground, Mask mask, double minimum, AreaOfInterest[] areas)
    {
        MeasureOrder[] orders = [.. Enumerable.Range(0, areas.Length).Select(i => Order(i, minimum))];
        var measured = new SceneMeasurer(map, ground, 2).Measure(
            new([.. areas]), orders, _ => new MaskRows(mask), (_, _) => null);
        return [.. orders.Select(order => measured[order])];
    }

    private static double HiddenShare(Mask mask)
    {
        var hidden = 0;
        for (var row = 0; row < mask.Height; row++)
        {
            for (var column = 0; column < mask.Width; column++)
            {
                hidden += mask[column, row] >= CoverCode.FirstReason ? 1 : 0;
            }
        }

        return (double)hidden / (mask.Width * mask.Height);
    }

    private static List<double> FloodFill(Mask mask, AreaSpans spans)
    {
        var left = new HashSet<(int X, int Y)>();
        foreach (var run in spans.Runs)
        {
            left.UnionWith(Enumerable.Range(run.Start, run.End - run.Start)
                .Where(column => mask.Has(column, run.Row, LandCoverClass.Water)).Select(column => (column, run.Row)));
        }

        var sizes = new List<double>();
        while (left.Count > 0)
        {
            var (queue, size) = (new Queue<(int X, int Y)>([left.First()]), 0);
            left.Remove(queue.Peek());
            while (queue.TryDequeue(out var at))
            {
                size++;
                for (var i = 0; i < 9; i++)
                {
                    var next = (at.X + (i % 3) - 1, at.Y + (i / 3) - 1);
                    if (left.Remove(next))
                    {
                        queue.Enqueue(next);
                    }
                }
            }

            sizes.Add(size);
        }

        return sizes;
    }

    private sealed class UnitArea : IPixelArea
    {
        public double SquareMetres(int row) => 1;
    }
}
