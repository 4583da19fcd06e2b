using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Daemon.Console;
using SpexStream.Inference.Examination;

namespace SpexStream.Daemon.Commands;

/// <summary>model bench: tiles per second of a pack, bare and with all that is around it.</summary>
internal sealed class ModelBenchCommand
{
    private readonly PackOptions _pack = new();
    private readonly CheckedOption<int> _batch = Numbers.Whole("--batch", "Tiles of one batch", 1, 1024, 1);
    private readonly CheckedOption<int> _rounds = Numbers.Whole("--rounds", "Rounds of each kind, in turn", 1, 1000, 5);

    public Command Build()
    {
        var command = new Command(
            "bench",
            "Measure a model pack: the bare session against the way tiles really take.\n"
            + "Example: spexstream model bench packs/water-net --batch 4 --rounds 5");
        _pack.AddTo(command);
        command.Options.Add(_batch);
        command.Options.Add(_rounds);
        command.SetAction((parsed, cancellation) =>
        {
            using var bench = new PackBench(
                parsed.GetValue(_pack.Pack)!, _pack.Session(parsed, _batch.Of(parsed)), TimeProvider.System);
            PackReport.Print(bench.Run(_rounds.Of(parsed), cancellation), parsed.GetValue(_pack.Json));
            return Task.FromResult(0);
        });
        return command;
    }
}
