using System.Globalization;
using Spectre.Console;
using SpexStream.Daemon.Commands;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Synthesis;
using SpexStream.Raster;

namespace SpexStream.Daemon.Demo;

/// <summary>What the demo says at its end: where the products are, and how true they are.</summary>
internal static class DemoResult
{
    private static readonly (LandCoverClass Class, int Code)[] Classes =
    [
        (LandCoverClass.Water, TruthCode.Water),
        (LandCoverClass.Vegetation, TruthCode.Vegetation),
        (LandCoverClass.Buildings, TruthCode.BuiltUp),
    ];

    public static void Print(DemoPass pass, string products)
    {
        if (pass.Truth is { } made)
        {
            made.WriteTruth();
            PrintAccuracy(made.TruthPath, products);
        }

        AnsiConsole.WriteLine($"products: {products}");
        foreach (var file in Directory.EnumerateFiles(products).Order(StringComparer.Ordinal))
        {
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Path.GetFileName(file),-26}{new FileInfo(file).Length,12:#,0} bytes"));
        }
    }

    private static void PrintAccuracy(string truth, string products)
    {
        var store = new GdalRasterStore(new RasterOptions());
        var table = new Table().AddColumns("class", "IoU", "F1", "precision", "recall", "no answer");
        foreach (var (value, code) in Classes)
        {
            // Cloud, its shadow and nodata are never scored; partial water belongs to no class but water's "no".
            int[] ignored = value == LandCoverClass.Water
                ? [TruthCode.Cloud, TruthCode.CloudShadow, TruthCode.Nodata]
                : [TruthCode.Cloud, TruthCode.CloudShadow, TruthCode.Nodata, TruthCode.PartialWater];
            var score = MaskScore.Of(
                store, Path.Combine(products, $"{value.Slug()}.tif"), truth, null,
                    new ScoreRules([1], [code], [.. ignored]));
            string Figure(double figure) => figure.ToString("0.000", CultureInfo.InvariantCulture);
            table.AddRow(
                value.Slug(), Figure(score.Counts.IntersectionOverUnion), Figure(score.Counts.F1),
                Figure(score.Counts.Precision),
                Figure(score.Counts.Recall), score.NoAnswer.ToString(CultureInfo.InvariantCulture));
        }

        AnsiConsole.WriteLine("accuracy against the truth of the made scene (cloud, shadow and nodata not scored):");
        AnsiConsole.Write(table);
    }
}
