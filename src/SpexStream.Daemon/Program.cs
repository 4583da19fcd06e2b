using System.CommandLine;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Console;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Mqtt;

var root = new RootCommand("SpexStream: land cover from satellite scene strips, while the pass comes down.")
{
    new DemoCommand().Build(),
    new RunCommand().Build(),
    new ProcessCommand().Build(),
    new SubmitCommand().Build(),
    new WatchCommand().Build(),
    new EvaluateCommand().Build(),
    new DoctorCommand().Build(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Terminal.Error.WriteLine($"spexstream: {error.Message}");
    }

    return 2;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // Every verb ends in its own time on a signal; the default of two seconds would cut the daemon's finishing short.
        ProcessTerminationTimeout = TimeSpan.FromHours(3),
    });
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
    return 1;
}
