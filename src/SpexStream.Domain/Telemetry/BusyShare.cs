namespace SpexStream.Domain.Telemetry;

/// <summary>The share of the last minute that something was at work, by whole seconds. Safe for use from several
/// threads.</summary>
public sealed class BusyShare
{
    private const int Seconds = 60;
    private readonly Lock _lock = new();
    private readonly (long Second, double Busy)[] _slots = new (long Second, double Busy)[Seconds];

    /// <summary>Notes that it was at work; what lies more than a minute back counts for nothing.</summary>
    /// <param name="end">When it ended, on any clock that begins at zero and does not go back.</param>
    /// <param name="took">How long it took.</param>
    public void Add(TimeSpan end, TimeSpan took)
    {
        lock (_lock)
        {
            var (at, left) = (end.TotalSeconds, Math.Min(took.TotalSeconds, Math.Min(end.TotalSeconds, Seconds)));
            // Rounding may leave a trace of time before zero.
            while (left > 0 && at > 0)
            {
                var second = (long)Math.Ceiling(at) - 1;
                var part = Math.Min(left, at - second);
                ref var slot = ref _slots[second % Seconds];
                slot = (second, part + (slot.Second == second ? slot.Busy : 0));
                (at, left) = (second, left - part);
            }
        }
    }

    /// <summary>The share, 0 to 1; of the time since zero where that is shorter than a minute.</summary>
    public double Of(TimeSpan now)
    {
        lock (_lock)
        {
            var busy = _slots.Where(slot => slot.Second > now.TotalSeconds - Seconds).Sum(slot => slot.Busy);
            return Math.Min(1, busy / Math.Clamp(now.TotalSeconds, 1, Seconds));
        }
    }
}
