using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Accuracy;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>evaluate: a mask against truth.</summary>
internal sealed class EvaluateCommand
{
    private readonly CheckedOption<string?> _mask = Texts.Path("--mask", "Mask to score", null);
    private readonly CheckedOption<string?> _truth = Texts.Path("--truth", "Truth on the same grid", null);
    private readonly CheckedOption<int[]> _positive =
        Numbers.List("--positive", "Mask codes that mean the class", 0, MaskScore.FirstNoAnswer - 1, 1);

    private readonly CheckedOption<int[]> _truthPositive =
        Numbers.List("--truth-positive", "Truth values that mean the class", int.MinValue, int.MaxValue, 1);

    private readonly CheckedOption<int[]> _truthIgnore =
        Numbers.List("--truth-ignore", "Truth values that are not scored", int.MinValue, int.MaxValue, 255, -1);

    private readonly CheckedOption<string?> _confidence =
        Texts.Path("--confidence", "Confidence raster, adds a reliability table", "none");

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };

    public Command Build()
    {
        var command = new Command(
            "evaluate",
            "Score a mask against truth: IoU, F1, precision, recall, overall accuracy. Mask codes from 250 on are no answer "
            + "and count as not positive.\n"
            + "Example: spexstream evaluate --mask water.tif --truth labels.tif --positive 1,2 --truth-positive 6 --truth-ignore 0,8,9");
        foreach (Option option in new Option[] { _mask, _truth, _positive, _truthPositive, _truthIgnore, _confidence,
            _json })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var score = MaskScore.Of(
            new GdalRasterStore(new RasterOptions()),
            parsed.GetValue(_mask)!,
            parsed.GetValue(_truth)!,
            parsed.GetValue(_confidence),
            new ScoreRules([.. _positive.Of(parsed)], [.. _truthPositive.Of(parsed)], [.. _truthIgnore.Of(parsed)]),
            cancellation);
        if (parsed.GetValue(_json))
        {
            Terminal.Out.WriteLine(Json(score).ToJsonString());
            return 0;
        }

        var counts = score.Counts;
        foreach (var (name, value, without) in Figures(counts))
        {
            Terminal.Out.WriteLine(double.IsNaN(value)
                ? $"{name,-18}none: {without}"
                : string.Create(CultureInfo.InvariantCulture, $"{name,-18}{value:0.0000}"));
        }

        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"scored pixels",-18}{counts.Answered}"));
        Terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{"  of no answer",-18}{score.NoAnswer}, counted as not positive"));
        foreach (var bin in score.Reliability.Rows.Where(bin => bin.Answers > 0))
        {
            Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"confidence {bin.From,3} to {bin.From + ReliabilityTable.BinWidth,3}: {bin.RightPercent,5:0.0} % right of {bin.Answers}"));
        }

        return 0;
    }

    // With what is missing where a figure has no value.
    private static (string Name, double Value, string Without)[] Figures(ConfusionCounts counts) =>
    [
        ("IoU", counts.IntersectionOverUnion, "no scored pixel is positive, in mask or truth"),
        ("F1", counts.F1, "no scored pixel is positive, in mask or truth"),
        ("precision", counts.Precision, "no scored pixel of the mask is positive"),
        ("recall", counts.Recall, "no scored pixel of the truth is positive"),
        ("overall accuracy", counts.OverallAccuracy, "no pixel was scored"),
    ];

    private static JsonObject Json(MaskScore score)
    {
        var result = new JsonObject();
        foreach (var (name, value, _) in Figures(score.Counts))
        {
            result[name.ToLowerInvariant().Replace(' ', '_')] = double.IsNaN(value) ? null : Math.Round(value, 6);
        }

        result["tp"] = score.Counts.TruePositive;
        result["fp"] = score.Counts.FalsePositive;
        result["fn"] = score.Counts.FalseNegative;
        result["tn"] = score.Counts.TrueNegative;
        result["scored_pixels"] = score.Counts.Answered;
        result["no_answer"] = score.NoAnswer;
        return result;
    }
}
