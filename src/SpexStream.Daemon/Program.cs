using System.CommandLine;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Console;

var parsed = CommandLine.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var complaint in CommandLine.Complaints(parsed))
    {
        Terminal.Error.WriteLine($"spexstream: {complaint}");
    }

    return CommandException.Misused;
}

using var signals = new StopSignals();
try
{
    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        signals.Token);
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
catch (Exception fault) when (UserFault.Words(fault) is not null)
{
    Terminal.Error.WriteLine($"spexstream: {UserFault.Words(fault)}");
    return CommandException.Failed;
}
