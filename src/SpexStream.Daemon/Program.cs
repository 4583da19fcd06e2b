using System.CommandLine;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;

var parsed = CommandLine.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Terminal.Error.WriteLine($"spexstream: {error.Message}");
    }

    return CommandException.Misused;
}

using var signals = new StopSignals();
try
{
    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Token);
}
catch (OperationCanceledException) when (signals.ExitCode is not null)
{
    return signals.ExitCode.Value;
}
catch (CommandException refused)
{
    Terminal.Error.WriteLine($"spexstream: {refused.Message}");
    return refused.ExitCode;
}
catch (Exception fault) when (fault is RasterException or IOException or FormatException
    or UnauthorizedAccessException or MqttException or JournalException)
{
    // What a user can mend is one line; anything else is our fault and keeps its stack trace.
    Terminal.Error.WriteLine($"spexstream: {fault.Message}");
    return CommandException.Failed;
}
