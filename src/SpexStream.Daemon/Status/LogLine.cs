namespace SpexStream.Daemon.Status;

/// <summary>A line of the log that an operator should see.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Level">warning, error or critical.</param>
/// <param name="Id">Id of the event (docs/metrics.md).</param>
/// <param name="Text">The line; may hold anything that a message held.</param>
internal sealed record LogLine(DateTimeOffset At, string Level, int Id, string Text);
