using System.CommandLine;
using SpexStream.Daemon.Console;
using SpexStream.Inference;
using SpexStream.Inference.Examination;
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
            var (folder, json) = (parsed.GetValue(_pack.Pack)!, parsed.GetValue(_pack.Json));
            switch (PackLoader.KindOf(folder))
            {
                case PackLoader.Spex:
                    PackReport.Print(SpexPackLook.Of(folder), json);
                    break;
                case PackLoader.Segmentation:
                    PackReport.Print(PackFiles.Read(folder), json);
                    break;
                default:
                    // It says which kinds there are.
                    PackLoader.Load(folder, [], TimeProvider.System).Dispose();
                    break;
            }

            return 0;
        });
        return command;
    }
}
