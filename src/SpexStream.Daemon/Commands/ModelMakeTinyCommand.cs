using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Inference.Spex.Import;

namespace SpexStream.Daemon.Commands;

/// <summary>model make-tiny: an untrained SPEX of the smallest size.</summary>
internal sealed class ModelMakeTinyCommand
{
    private readonly CheckedOption<int> _seed =
        Numbers.Whole("--seed", "Seed of the weights", int.MinValue, int.MaxValue, 1);

    private readonly CheckedOption<string?> _out = Texts.Folder("--out", "The pack; must not be there yet", null);
    private readonly CheckedOption<string?> _precision = SpexPackOptions.Precision();
    private readonly CheckedOption<int> _size = SpexPackOptions.Size();
    private readonly CheckedOption<int> _tokens = SpexPackOptions.Tokens(32);

    public Command Build()
    {
        var command = new Command(
            "make-tiny",
            "Make a tiny untrained SPEX pack, for tests and measurements: all its steps run, and nothing it says means "
            + "anything.\nExample: spexstream model make-tiny --seed 1 --out packs/tiny");
        foreach (Option option in new Option[] { _seed, _out, _precision, _size, _tokens })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var folder = OutputFolder.New("--out", parsed.GetValue(_out)!);
            var made = TinySpex.Write(
                _seed.Of(parsed), folder, SpexPackOptions.PrecisionOf(parsed.GetValue(_precision)), _size.Of(parsed),
                    _tokens.Of(parsed));
            Terminal.Out.WriteLine($"{folder}: {made.Name}, untrained, {made.Files.Count} files");
            return 0;
        });
        return command;
    }
}
