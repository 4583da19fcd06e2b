using System.CommandLine;
using SpexStream.Daemon.Console;
using SpexStream.Inference.Packs;

namespace SpexStream.Daemon.Commands;

/// <summary>model inspect: checks the files of a pack and says what it is.</summary>
internal sealed class ModelInspectCommand
{
    private readonly PackOptions _pack = new();

    public Command Build()
    {
        var command = new Command(
            "inspect",
            "Check the files of a model pack and say what it is; nothing is run.\nExample: spexstream model inspect packs/water-net");
        command.Arguments.Add(_pack.Pack);
        command.Options.Add(_pack.Json);
        command.SetAction(parsed =>
        {
            var files = PackFiles.Read(parsed.GetValue(_pack.Pack)!);
            PackReport.Print(files, parsed.GetValue(_pack.Json));
            return 0;
        });
        return command;
    }
}
