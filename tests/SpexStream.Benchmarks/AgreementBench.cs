using System.Globalization;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Pipeline.Alerts;
using SpexStream.Pipeline.Scenes;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>
/// agreement AREAS SIDE THREADS ROUNDS: what the end of a scene costs on so many areas: measuring them alone, with what
/// a second backend says where a rule watches for a rise, and with rules for rise and fall. Regions are joined before.
/// </summary>
internal static class AgreementBench
{
    public static void Run(string[] arguments)
    {
        int[] numbers = [.. arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var side = numbers[1];
        var ground = AlertGround.Make(numbers[0], side);
        using var labelling = new MaskLabelling(Codes(side, 0), side);
        using var regions = labelling.Label();
        var planes = Planes(labelling.Grid, Codes(side, 1));
        var scene = new CompletedScene
        {
            Scene = ground.Scene,
            Revision = 1,
            Map = ground.Map,
            Ground = ground.Area,
            Tiles = labelling,
            Regions = regions,
            Classes = [LandCoverClass.Water],
            Backend = "bench",
            Product = "file:///out/item.json",
            Threads = numbers[2],
        };
        var checkedBy = scene with
        {
            Second = new("rules", scene.Classes, value => new SecondRows(labelling.Grid, tile => planes[tile], value)),
        };
        var rise = MeasurerOf(ground.Rules);
        var both = MeasurerOf(ground.Rules with { Rules = [.. ground.Rules.Rules, Fall(ground.Rules.Rules[0])] });
        var (alone, seconds) = (0, 0);
        var took = Rounds.Interleave(
            numbers[3],
            () => alone = rise.Measure(scene).Sum(fact => fact.Areas.Length),
            () => seconds = rise.Measure(checkedBy)
                .Sum(fact => fact.Areas.Count(area => area.Second is { Both: not null })),
            () => both.Measure(scene),
            () => both.Measure(checkedBy));
        if (alone != numbers[0])
        {
            throw new InvalidOperationException($"{alone} areas measured.");
        }

        Json.Print(
            ("alone_seconds", took[0]), ("rise_seconds", took[1]), ("two_alone_seconds", took[2]),
            ("two_seconds", took[3]), ("areas", alone), ("seconds", seconds),
            ("plane_bytes", planes.Values.Sum(plane => (long)plane.Length)));
    }

    private static AreaMeasurer MeasurerOf(RuleSet rules) => new(
        () => rules,
        new ReferenceMasks(new GdalRasterStore(new RasterOptions()), new GdalCoordinateTransforms(), (_, _) => { }));

    private static AlertRule Fall(AlertRule rule) => rule with
    {
        Id = RuleId.Parse("fall"),
        Enter = 2,
        Exit = 5,
    };

    private static byte[] Codes(int side, int seed)
    {
        var (codes, rows, band) = (new byte[side * side], new WavyRows(side, side, seed), new RunBand());
        for (var row = 0; row < side; row++)
        {
            band.Load(rows, row, 1);
            var line = band.Row(row);
            for (var (run, from) = (0, 0); run < line.Ends.Length; from = line.Ends[run++])
            {
                codes.AsSpan((row * side) + from, line.Ends[run] - from).Fill(line.States[run] switch
                {
                    GroundState.Yes => CoverCode.Water,
                    GroundState.No => CoverCode.Land,
                    _ => CoverCode.Cloud,
                });
            }
        }

        return codes;
    }

    private static unsafe Dictionary<TileIndex, byte[]> Planes(TileGrid grid, byte[] codes)
    {
        fixed (byte* all = codes)
        {
            var planes = new Dictionary<TileIndex, byte[]>();
            foreach (var tile in Enumerable.Range(0, grid.Rows).SelectMany(grid.Row))
            {
                var core = grid.Core(tile);
                planes[tile] = PlaneCodec.Pack(all + ((nint)core.Row * grid.Width) + core.Column, core, grid.Width);
            }

            return planes;
        }
    }
}
