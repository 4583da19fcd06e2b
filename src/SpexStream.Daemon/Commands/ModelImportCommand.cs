using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Inference.Spex.Import;

namespace SpexStream.Daemon.Commands;

/// <summary>model import: makes a pack of a SPEX checkpoint.</summary>
internal sealed class ModelImportCommand
{
    private readonly CheckedOption<string?> _checkpoint =
        Texts.Folder("--checkpoint", "Folder with config.json, safetensors and the tokenizer's files", null);

    private readonly CheckedOption<string?> _out = Texts.Folder("--out", "The pack; must not be there yet", null);
    private readonly CheckedOption<string?> _precision = SpexPackOptions.Precision();
    private readonly CheckedOption<int> _size = SpexPackOptions.Size();
    private readonly CheckedOption<int> _tokens = SpexPackOptions.Tokens(256);
    private readonly CheckedOption<int> _context =
        Numbers.Whole("--context", "Most tokens of prompt, image and answer together", 64, 131072, 4096);

    private readonly CheckedOption<string?> _name = Texts.OptionalName(
        "--name", "Name of the model, else the folder's");
    private readonly CheckedOption<string> _version = Texts.Name("--version-name", "Version of the model", "1");
    private readonly CheckedOption<string[]?> _bands = new(
        "--bands", "Common names of the bands of the network's channels, in order", "names, comma separated",
        "red,green,blue",
        (text, out names) =>
        {
            names = text.Split(',', StringSplitOptions.TrimEntries);
            return names.Length <= 64 && names.All(name => name.Length is > 0 and <= 64);
        });

    public Command Build()
    {
        var command = new Command(
            "import",
            "Make a model pack of a SPEX checkpoint; weights are streamed, every wrong tensor is named.\n"
            + "Example: spexstream model import --checkpoint spex-release --out packs/spex --precision fp16");
        foreach (Option option in new Option[] { _checkpoint, _out, _precision, _size, _tokens, _context, _name,
            _version, _bands })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var options = new SpexImportOptions
            {
                Precision = SpexPackOptions.PrecisionOf(parsed.GetValue(_precision)),
                SizePixels = _size.Of(parsed),
                MostNewTokens = _tokens.Of(parsed),
                MostPositions = _context.Of(parsed),
                Name = parsed.GetValue(_name),
                Version = _version.Of(parsed),
                Bands = [.. parsed.GetValue(_bands) ?? []],
            };
            var checkpoint = parsed.GetValue(_checkpoint)!;
            if (!Directory.Exists(checkpoint))
            {
                throw new CommandException(
                    $"--checkpoint {checkpoint} is no folder that exists.", CommandException.Misused);
            }

            var folder = OutputFolder.New("--out", parsed.GetValue(_out)!);
            var made = SpexImporter.Import(
                checkpoint, folder, options, news => Terminal.Error.WriteLine(news));
            Terminal.Out.WriteLine($"{folder}: {made.Name} {made.Version}, {made.Files.Count} files");
            return 0;
        });
        return command;
    }
}
