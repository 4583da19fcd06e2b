using System.Threading.Channels;

namespace SpexStream.Tests.Support;

/// <summary>A clock whose timers are handed to the test in the order in which they are set: it sees how long somebody
/// would wait, and ends the wait when it likes. The time of day stands still.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly Channel<Timer> _set = Channel.CreateUnbounded<Timer>();

    /// <summary>The next timer that is set.</summary>
    public async Task<Timer> NextAsync(CancellationToken cancellation) => await _set.Reader.ReadAsync(cancellation);

    public override DateTimeOffset GetUtcNow() => new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Somebody's wait.</summary>
    public sealed class Timer(HandClock clock, Action fire) : ITimer
    {
        /// <summary>How long it was set for.</summary>
        public TimeSpan Due { get; private set; }

        /// <summary>Says that it is over.</summary>
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return dueTime < TimeSpan.Zero || clock._set.Writer.TryWrite(this);
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
