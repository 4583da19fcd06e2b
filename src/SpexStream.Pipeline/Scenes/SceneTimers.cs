using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Messages that a scene sends itself for later. A timer is gone when it has fired, so that there are as many as
/// messages still to come; one that finds the mailbox half full comes again, and leaves the rest to the devices'
/// answers. Safe for use from several threads.
/// </summary>
internal sealed class SceneTimers(ISceneMailbox mailbox, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly HashSet<ITimer> _timers = [];
    private bool _disposed;

    /// <summary>Timers that have not fired yet.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>Puts a message into the mailbox after a while; at once when that is over.</summary>
    public void Later(TimeSpan wait, SceneMessage message)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            ITimer? timer = null;
            // The lock keeps it from firing before it is known.
            timer = time.CreateTimer(
                _ => Fire(timer!, message), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timers.Add(timer);
            timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Nothing more is sent.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var timer in _timers)
            {
                timer.Dispose();
            }

            _timers.Clear();
        }
    }

    private void Fire(ITimer timer, SceneMessage message)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            if (!mailbox.TryPut(message))
            {
                timer.Change(Again, Timeout.InfiniteTimeSpan);
                return;
            }

            _timers.Remove(timer);
            timer.Dispose();
        }
    }
}
