using SpexStream.Domain.Commands;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Daemon.Hosting;

/// <summary>The switch that commands turn, and the gate that follows it and another one. Safe for several
/// threads.</summary>
/// <param name="other">Closed for reasons of its own.</param>
/// <param name="leave">Begins to leave as after SIGTERM.</param>
internal sealed class StationControl(IStripGate other, Action leave) : IStationControl, IStripGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _open = Opened();
    private IntakeSwitch _switch = new();

    /// <summary>Told when strips are taken again, or no longer.</summary>
    public Action? OnChange { get; set; }

    public IntakeSwitch Switch
    {
        get
        {
            lock (_lock)
            {
                return _switch;
            }
        }
    }

    public CommandAnswer Decide(StationCommand command)
    {
        var (changed, answer) = Turn(command);
        if (changed)
        {
            OnChange?.Invoke();
        }

        return answer;
    }

    public void Leave() => leave();

    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task open;
            lock (_lock)
            {
                open = _open.Task;
            }

            await open.WaitAsync(cancellation);
            await other.WaitAsync(cancellation);
            // Somebody may have paused while the disks were waited for.
            if (!Switch.IsPaused)
            {
                return;
            }
        }
    }

    private (bool Changed, CommandAnswer Answer) Turn(StationCommand command)
    {
        lock (_lock)
        {
            var (next, answer) = _switch.Decide(command);
            var changed = next.IsPaused != _switch.IsPaused;
            if (changed && next.IsPaused)
            {
                _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else if (changed)
            {
                _open.SetResult();
            }

            _switch = next;
            return (changed, answer);
        }
    }

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
