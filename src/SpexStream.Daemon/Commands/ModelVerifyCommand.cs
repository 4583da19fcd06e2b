using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Examination;
using SpexStream.Inference.Spex.Verification;

namespace SpexStream.Daemon.Commands;

/// <summary>model verify: loads a pack, runs a made tile and looks at what comes out.</summary>
internal sealed class ModelVerifyCommand
{
    private readonly PackOptions _pack = new();
    private readonly CheckedOption<int> _seed =
        Numbers.Whole("--seed", "Seed of the made tile", int.MinValue, int.MaxValue, 1);

    private readonly CheckedOption<string?> _golden = Texts.Path(
        "--golden", "Instead of a pack: recorded results of the original SPEX, the .json beside a .safetensors",
            "none");

    public Command Build()
    {
        var command = new Command(
            "verify",
            "Load a model pack as the daemon does, run a made tile, check its numbers; or run the parts of SPEX against "
            + "recorded results of the original.\n"
            + "Example: spexstream model verify packs/water-net --device cpu:0\n"
            + "Example: spexstream model verify --golden goldens/end_to_end.json");
        _pack.AddTo(command);
        _pack.Pack.Arity = ArgumentArity.ZeroOrOne;
        command.Options.Add(_seed);
        command.Options.Add(_golden);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(_golden) is null == parsed.GetValue(_pack.Pack) is null)
            {
                throw new CommandException("name a pack, or recorded results with --golden", CommandException.Misused);
            }

            if (parsed.GetValue(_golden) is { } golden)
            {
                return Compare(golden, _pack.Session(parsed, 1), parsed.GetValue(_pack.Json));
            }

            var result = PackTrial.Run(
                parsed.GetValue(_pack.Pack)!, _pack.Session(parsed, 1), _seed.Of(parsed), TimeProvider.System);
            PackReport.Print(result, parsed.GetValue(_pack.Json));
            return result.Faults.IsEmpty ? 0 : CommandException.Failed;
        });
        return command;
    }

    private static int Compare(string golden, ModelSessionOptions device, bool json)
    {
        var differences = GoldenVerification.Run(golden, device);
        GoldenReport.Print(golden, differences, json);
        return differences.All(difference => difference.Passed) ? 0 : CommandException.Failed;
    }
}
