using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace SpexStream.Daemon.Status;

/// <summary>Keeps the newest lines of the daemon's log from warnings on. Safe for several threads.</summary>
internal sealed class LastErrors(TimeProvider time) : ILoggerProvider, ILogger
{
    public const int Most = 30;
    private const int LongestText = 1000;
    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();

    /// <summary>They, newest first.</summary>
    public ImmutableArray<LogLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines.Reverse()];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception) + (exception is null ? "" : $": {exception.Message}");
        var line = new LogLine(
            time.GetUtcNow(), logLevel.ToString().ToLowerInvariant(), eventId.Id,
            text.Length > LongestText ? text[..LongestText] : text);
        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Most)
            {
                _lines.Dequeue();
            }
        }
    }

    public void Dispose()
    {
        // There is nothing to let go; those who look may still ask.
    }
}
