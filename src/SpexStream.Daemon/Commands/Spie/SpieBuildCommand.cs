using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Raster;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>spie build: pictures, masks, questions and answers from the scenes of a folder.</summary>
internal sealed class SpieBuildCommand
{
    private const string FromLabels = "labels";

    private readonly CheckedOption<string?> _images = Texts.Folder("--images", "Folder of the scenes", null);
    private readonly CheckedOption<string?> _labels =
        Texts.Folder("--labels", "Folder of label rasters, laid out as --images", "none");
    private readonly CheckedOption<string?> _prompts = Texts.Word(
        "--prompts", "Where the regions in the questions come from", "labels where --labels is given, else spectral",
        "spectral", FromLabels);
    private readonly CheckedOption<string?> _classes = CommonOptions.Classes();
    private readonly CheckedOption<string?> _out = Texts.Folder("--out", "Folder of the training set", null);
    private readonly CheckedOption<int> _seed =
        Numbers.Whole("--seed", "Seed of the parts train, val and test", int.MinValue, int.MaxValue, 7);
    private readonly Option<bool> _negatives =
        new("--negatives") { Description = "Ask also where a picture has no region of the class." };
    private readonly CheckedOption<string[]?> _bands = BandNames.Option();
    private readonly CheckedOption<double?> _scale = CommonOptions.Scale();
    private readonly CheckedOption<double?> _offset = CommonOptions.Offset();
    private readonly CheckedOption<string?> _nodata = CommonOptions.Nodata();
    private readonly CheckedOption<string?> _radiometry = CommonOptions.Radiometry();
    private readonly Option<bool> _json = new("--json") { Description = "Print the statistics as one JSON object." };

    public Command Build()
    {
        var command = new Command(
            "build",
            "Make a training set: windows of 512 pixels, prompts in the words of SPIE, answers from what was measured. "
            + "Band options count for scenes without a scene.json beside them. A run that was ended goes on.\n"
            + "Example: spexstream spie build --images scenes --classes water,vegetation --out spie --seed 7");
        foreach (Option option in new Option[]
        {
            _images, _labels, _prompts, _classes, _out, _seed, _negatives,
            _bands, _scale, _offset, _nodata, _radiometry, _json,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var (images, labels) = (parsed.GetValue(_images)!, parsed.GetValue(_labels));
        var prompts = parsed.GetValue(_prompts) ?? (labels is null ? "spectral" : FromLabels);
        if (prompts == FromLabels && labels is null)
        {
            throw new CommandException("--prompts labels needs --labels.", CommandException.Misused);
        }

        foreach (var (option, folder) in new[] { ("--images", images), ("--labels", labels) })
        {
            if (folder is not null && !Directory.Exists(folder))
            {
                throw new CommandException($"{option} {folder} is no folder that exists.", CommandException.Misused);
            }
        }

        var settings = new SpieSettings
        {
            Images = images,
            Labels = labels,
            PromptsFromLabels = prompts == FromLabels,
            Classes = CommonOptions.Processing(
                parsed.GetValue(_classes), null, SpexStream.Domain.Spie.SpieWindow.Size).Classes,
            Out = OutputFolder.Make("--out", parsed.GetValue(_out)!),
            Seed = _seed.Of(parsed),
            WithNegatives = parsed.GetValue(_negatives),
            Bands = new(
                parsed.GetValue(_bands) ?? [], parsed.GetValue(_scale), parsed.GetValue(_offset),
                parsed.GetValue(_nodata),
                CommonOptions.ParseRadiometry(parsed.GetValue(_radiometry))),
        };
        var build = new SpieBuild(
            settings, new GdalRasterStore(new RasterOptions()), new SpieProgress(TimeProvider.System));
        var statistics = build.Run(cancellation);
        Terminal.Out.WriteLine(parsed.GetValue(_json) ? statistics.Json().ToJsonString() : statistics.Text());
        return build.Failures.Count == 0 ? 0 : CommandException.Failed;
    }
}
