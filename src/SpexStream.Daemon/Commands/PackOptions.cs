using System.CommandLine;
using SpexStream.Daemon.Commands.Input;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Daemon.Commands;

/// <summary>What the verbs on packs share.</summary>
internal sealed class PackOptions
{
    public Argument<string> Pack { get; } = new("PACK") { Description = "Folder of a model pack." };

    public CheckedOption<DeviceName> Device { get; } = new(
        "--device", "Device that computes", DeviceName.Rule, "cpu:0", DeviceName.TryParse, DeviceName.Cpu);

    public CheckedOption<int> Tile { get; } = CommonOptions.Tile();

    public CheckedOption<int> Threads { get; } =
        Numbers.Whole("--threads", "Threads of one inference on the processor", 1, 1024, 1);

    public Option<bool> Json { get; } = new("--json") { Description = "Print the result as one JSON object." };

    /// <summary>Adds what a verb takes that runs the model.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Pack);
        foreach (Option option in new Option[] { Device, Tile, Threads, Json })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The session that the options describe.</summary>
    public ModelSessionOptions Session(ParseResult parsed, int batchSize) => new()
    {
        Device = Device.Of(parsed),
        BatchSize = batchSize,
        TileSize = Tile.Of(parsed),
        Threads = Threads.Of(parsed),
    };
}
