namespace SpexStream.Domain.Reliability;

/// <summary>
/// Watches the calls of one thread that cannot be cancelled: one that shows no progress for too long is given up, and
/// with it the thread, which ends when the call comes back. Begin and end are the watched thread's; the rest is safe
/// for all.
/// </summary>
public sealed class CallGuard : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly ITimer? _timer;
    private Action? _onHung;
    private long _since;
    private bool _isGivenUp;

    /// <summary>Creates a guard for one thread.</summary>
    /// <param name="limit">How long a call may show no progress; <see cref="Timeout.InfiniteTimeSpan"/> for
    /// ever.</param>
    /// <param name="time">The clock.</param>
    public CallGuard(TimeSpan limit, TimeProvider time)
    {
        (_limit, _time) = (limit, time);
        _timer = limit == Timeout.InfiniteTimeSpan ? null
            : time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a call was given up: what the thread has in hand is nobody's any more.</summary>
    public bool IsGivenUp
    {
        get
        {
            lock (_lock)
            {
                return _isGivenUp;
            }
        }
    }

    /// <summary>A call begins.</summary>
    /// <param name="onHung">Called once when it is given up, on another thread, before the call can end; must not
    /// block.</param>
    public void Begin(Action onHung)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isGivenUp, this);
            (_onHung, _since) = (onHung, _time.GetTimestamp());
        }

        _timer?.Change(_limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The call gets on: its time begins anew.</summary>
    public void Step() => Volatile.Write(ref _since, _time.GetTimestamp());

    /// <summary>The call came back; false when it had been given up before.</summary>
    public bool End()
    {
        lock (_lock)
        {
            if (_isGivenUp)
            {
                return false;
            }

            _onHung = null;
        }

        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        // Told under the lock: the thread must not find out that it was given up before everybody else knows.
        lock (_lock)
        {
            if (_onHung is not { } hung || _isGivenUp)
            {
                return;
            }

            // It may have got on, or another call may have begun, since the timer was set.
            if (_limit - _time.GetElapsedTime(Volatile.Read(ref _since)) is { Ticks: > 0 } left)
            {
                _timer!.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }

            _isGivenUp = true;
            hung();
        }
    }
}
