namespace SpexStream.Domain.Reliability;

/// <summary>
/// Whether a stage stands still: it has work, and nothing of it has got on for longer than its deadline. A stage
/// without work waits for nothing. Immutable; times are spans since any fixed moment, of a clock that never goes back.
/// </summary>
/// <param name="Deadline">How long a stage with work may show no progress; more than zero.</param>
public sealed record StageWatch(TimeSpan Deadline)
{
    private int Depth { get; init; }

    private long Progress { get; init; }

    private TimeSpan Since { get; init; }

    /// <summary>The watch after another look at the stage.</summary>
    /// <param name="depth">Pieces of work that the stage has now.</param>
    /// <param name="progress">Grows whenever a piece of work gets on; only whether it has changed counts.</param>
    /// <param name="now">When the stage was looked at.</param>
    public StageWatch Observe(int depth, long progress, TimeSpan now) =>
        depth > 0 && Depth > 0 && progress == Progress
            ? this with { Depth = depth }
            : this with { Depth = depth, Progress = progress, Since = now };

    /// <summary>For how long the stage has stood still; null while it is within its deadline, or has no work.</summary>
    /// <param name="now">The time.</param>
    public TimeSpan? StalledFor(TimeSpan now) => Depth > 0 && now - Since >= Deadline ? now - Since : null;

    /// <summary>For how long nothing of its work has got on, within the deadline, too; zero without work.</summary>
    /// <param name="now">The time.</param>
    public TimeSpan WaitsFor(TimeSpan now) => Depth > 0 ? now - Since : TimeSpan.Zero;
}
