namespace SpexStream.Daemon.Hosting;

/// <summary>
/// Remembers that the broker would not take a message: with rights or limits that are set wrongly everything looks
/// well, and nothing arrives. The node's state is said every minute, so that what is forbidden in general is never
/// forgotten. Safe for several threads.
/// </summary>
internal sealed class RefusedMessages(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(3);
    private readonly Lock _lock = new();
    private (long At, string Words)? _last;

    /// <summary>What an operator has to know; null when nothing was refused of late.</summary>
    public string? Trouble
    {
        get
        {
            lock (_lock)
            {
                return _last is var (at, words) && time.GetElapsedTime(at) < Remembered ? words : null;
            }
        }
    }

    /// <summary>The broker will not take a message.</summary>
    public void Note(string topic, string reason)
    {
        lock (_lock)
        {
            _last = (time.GetTimestamp(),
                $"the broker refuses what is published on {topic} ({reason.TrimEnd('.')}); check its rights");
        }
    }
}
