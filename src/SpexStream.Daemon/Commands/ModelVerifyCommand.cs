using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Inference.Examination;

namespace SpexStream.Daemon.Commands;

/// <summary>model verify: loads a pack, runs a made tile and looks at what comes out.</summary>
internal sealed class ModelVerifyCommand
{
    private readonly PackOptions _pack = new();
    private readonly CheckedOption<int> _seed =
        Numbers.Whole("--seed", "Seed of the made tile", int.MinValue, int.MaxValue, 1);

    public Command Build()
    {
        var command = new Command(
            "verify",
            "Load a model pack as the daemon does, run a made tile, check its numbers.\n"
            + "Example: spexstream model verify packs/water-net --device cpu:0");
        _pack.AddTo(command);
        command.Options.Add(_seed);
        command.SetAction(parsed =>
        {
            var result = PackTrial.Run(
                parsed.GetValue(_pack.Pack)!, _pack.Session(parsed, 1), _seed.Of(parsed), TimeProvider.System);
            PackReport.Print(result, parsed.GetValue(_pack.Json));
            return result.Faults.IsEmpty ? 0 : CommandException.Failed;
        });
        return command;
    }
}
