using Microsoft.Extensions.Logging;
using SpexStream.Daemon.Status;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Status;

public sealed class LastErrorsTests
{
    [Fact]
    public void Lines_from_warnings_on_are_kept_newest_first_bounded_in_number_and_length()
    {
        using var errors = new LastErrors(new ManualClock(new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)));
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(errors));
        var logger = factory.CreateLogger("SpexStream");
        for (var number = 0; number < 100; number++)
        {
            Write(logger, LogLevel.Warning, number, null);
        }

        Write(logger, LogLevel.Information, 200, null);
        Write(logger, LogLevel.Error, 201, new InvalidOperationException(new string('x', 5000)));
        var lines = errors.Lines;
        Assert.Equal(LastErrors.Most, lines.Length);
        Assert.Equal((201, "error"), (lines[0].Id, lines[0].Level));
        Assert.InRange(lines[0].Text.Length, 100, 1000);
        Assert.Equal((99, "warning", "line 99"), (lines[1].Id, lines[1].Level, lines[1].Text));
    }

    private static void Write(ILogger logger, LogLevel level, int id, Exception? fault) =>
        logger.Log(level, new EventId(id), id, fault, (state, _) => $"line {state}");
}
