using System.CommandLine;
using SpexStream.Daemon.Console;

namespace SpexStream.Daemon.Commands;

/// <summary>health: asks the daemon of this machine how it is, for health checks in places that have no curl.</summary>
internal sealed class HealthCommand
{
    private readonly DaemonAddress _address = new();

    private readonly Option<bool> _live = new("--live")
    {
        Description = "Ask only whether it lives, not whether it is ready.",
    };

    public Command Build()
    {
        var command = new Command(
            "health",
            "Ask the daemon of this machine whether it is ready; exit code 0 when it is, else 1 and why.\n"
            + "Example: spexstream health --http 8090");
        _address.AddTo(command);
        command.Options.Add(_live);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var place = _address.Of(parsed, parsed.GetValue(_live) ? "/health/live" : "/health/ready");
        var (status, words) = await DaemonQuestion.AskAsync(place, null, cancellation);
        Terminal.Out.WriteLine(words.Trim());
        return (int)status is >= 200 and < 300 ? 0 : CommandException.Failed;
    }
}
