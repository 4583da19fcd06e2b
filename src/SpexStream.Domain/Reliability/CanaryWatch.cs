namespace SpexStream.Domain.Reliability;

/// <summary>
/// Whether messages that are sent to oneself come back. Immutable; times are spans since any fixed moment, of a clock
/// that never goes back.
/// </summary>
/// <param name="Deadline">How long none may come back before it counts as silence; more than zero.</param>
/// <param name="Since">When the watch began, or the last message came back.</param>
public sealed record CanaryWatch(TimeSpan Deadline, TimeSpan Since)
{
    private long Number { get; init; }

    private TimeSpan SentAt { get; init; }

    /// <summary>The watch after a message was sent; an earlier one that has not come back is not waited for any
    /// more.</summary>
    /// <param name="number">Tells it from all others.</param>
    /// <param name="now">When it was handed over.</param>
    public CanaryWatch Sent(long number, TimeSpan now) => this with { Number = number, SentAt = now };

    /// <summary>The watch after a message came back, and how long that took; null for one that is not waited for: it
    /// came twice, or too late.</summary>
    /// <param name="number">Which.</param>
    /// <param name="now">When it came.</param>
    public (CanaryWatch Next, TimeSpan Took)? Heard(long number, TimeSpan now) =>
        number != Number || Number == 0 ? null : (this with { Number = 0, Since = now }, now - SentAt);

    /// <summary>Since when nothing has come back.</summary>
    public TimeSpan Age(TimeSpan now) => now - Since;

    /// <summary>Whether nothing has come back for so long that something is wrong.</summary>
    public bool IsSilent(TimeSpan now) => Age(now) >= Deadline;
}
