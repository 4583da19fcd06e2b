using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Accuracy;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands;

/// <summary>evaluate: a mask against truth.</summary>
internal sealed class EvaluateCommand
{
    private readonly Option<FileInfo> _mask = new("--mask") { Description = "Mask file.", Required = true };
    private readonly Option<FileInfo> _truth = new("--truth") { Description = "Truth on the same grid.", Required = true };
    private readonly Option<string> _positive = Values("--positive", "Mask codes that mean the class.", "1");
    private readonly Option<string> _truthPositive = Values("--truth-positive", "Truth values that mean the class.", "1");
    private readonly Option<string> _truthIgnore = Values("--truth-ignore", "Truth values that are not scored.", "255,-1");
    private readonly Option<FileInfo?> _confidence = new("--confidence") { Description = "Confidence file: adds a reliability table." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };

    public Command Build()
    {
        var command = new Command(
            "evaluate",
            "Score a mask against truth: IoU, F1, precision, recall, overall accuracy. Mask codes from 250 on are no answer "
            + "and count as not positive.\n"
            + "Example: spexstream evaluate --mask water.tif --truth labels.tif --positive 1,2 --truth-positive 6 --truth-ignore 0,8,9");
        foreach (Option option in new Option[] { _mask, _truth, _positive, _truthPositive, _truthIgnore, _confidence, _json })
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static Option<string> Values(string name, string help, string value) => new(name)
    {
        Description = help + " Comma separated whole numbers.",
        DefaultValueFactory = _ => value,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && result.Tokens[0].Value.Split(',').Any(
                    part => !int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
                {
                    result.AddError($"{name} takes whole numbers, comma separated, not '{result.Tokens[0].Value}'.");
                }
            },
        },
    };

    private int Run(ParseResult parsed)
    {
        ImmutableHashSet<int> Set(Option<string> option) =>
            [.. parsed.GetValue(option)!.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        var score = MaskScore.Of(
            new GdalRasterStore(new RasterOptions()),
            parsed.GetValue(_mask)!.FullName,
            parsed.GetValue(_truth)!.FullName,
            parsed.GetValue(_confidence)?.FullName,
            new ScoreRules(Set(_positive), Set(_truthPositive), Set(_truthIgnore)));
        if (parsed.GetValue(_json))
        {
            Terminal.Out.WriteLine(Json(score).ToJsonString());
            return 0;
        }

        var counts = score.Counts;
        foreach (var (name, value) in Figures(counts))
        {
            Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-18}{value:0.0000}"));
        }

        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"scored pixels",-18}{counts.Answered}"));
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"no answer",-18}{score.NoAnswer}"));
        foreach (var bin in score.Reliability.Rows.Where(bin => bin.Answers > 0))
        {
            Terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"confidence {bin.From,3} to {bin.From + ReliabilityTable.BinWidth,3}: {bin.RightPercent,5:0.0} % right of {bin.Answers}"));
        }

        return 0;
    }

    private static (string Name, double Value)[] Figures(ConfusionCounts counts) =>
    [
        ("IoU", counts.IntersectionOverUnion),
        ("F1", counts.F1),
        ("precision", counts.Precision),
        ("recall", counts.Recall),
        ("overall accuracy", counts.OverallAccuracy),
    ];

    private static JsonObject Json(MaskScore score)
    {
        var result = new JsonObject();
        foreach (var (name, value) in Figures(score.Counts))
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
