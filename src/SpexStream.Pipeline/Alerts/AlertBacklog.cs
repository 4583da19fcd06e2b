using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Publications and withdrawals that wait to be judged, since when. Those beyond a bound are passed over: the
/// oldest is there as a rule, and what is left is found again by the next sweep. Safe for use from several
/// threads.</summary>
/// <param name="most">How many are remembered.</param>
internal sealed class AlertBacklog(int most = 1024)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SceneId, (DateTimeOffset At, long Number)> _waiting = [];
    private long _number;

    /// <summary>When the oldest of them came about; null where none waits.</summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count == 0 ? null : _waiting.Values.Min(entry => entry.At);
            }
        }
    }

    /// <summary>The number of the newest entry.</summary>
    public long Newest
    {
        get
        {
            lock (_lock)
            {
                return _number;
            }
        }
    }

    /// <summary>The age of the oldest; zero where none waits.</summary>
    public TimeSpan AgeAt(DateTimeOffset now) =>
        Oldest is { } oldest && now - oldest is { Ticks: > 0 } age ? age : TimeSpan.Zero;

    /// <summary>One came about; what is known to wait for longer stays as old.</summary>
    public void Add(SceneId scene, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(scene, out var before) || _waiting.Count < most)
            {
                _waiting[scene] = (before.Number > 0 && before.At < at ? before.At : at, ++_number);
            }
        }
    }

    /// <summary>It is judged, or never will be.</summary>
    public void Remove(SceneId scene)
    {
        lock (_lock)
        {
            _waiting.Remove(scene);
        }
    }

    /// <summary>Whatever waited when this was the newest is judged, by whomever.</summary>
    public void RemoveUpTo(long number)
    {
        lock (_lock)
        {
            foreach (
                var scene in _waiting.Where(entry => entry.Value.Number <= number).Select(entry => entry.Key).ToList())
            {
                _waiting.Remove(scene);
            }
        }
    }
}
