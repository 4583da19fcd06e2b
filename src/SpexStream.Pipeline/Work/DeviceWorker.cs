using SpexStream.Domain.Reliability;

namespace SpexStream.Pipeline.Work;

/// <summary>
/// One worker per device, on a thread of its own. A thread that hangs in a read is replaced, as long as not too many of
/// them are out; then the device is out of service until one comes back.
/// </summary>
internal sealed class DeviceWorker : IDisposable
{
    private readonly Lock _lock = new();
    private readonly WorkerTools _tools;
    private readonly CancellationTokenSource _stop = new();
    private ThreadWatch _watch;
    private WorkerThread? _current;

    /// <summary>Starts the worker.</summary>
    /// <param name="device">Its device.</param>
    /// <param name="tools">What it works with.</param>
    public DeviceWorker(string device, WorkerTools tools)
    {
        (Device, _tools) = (device, tools);
        _watch = new ThreadWatch(tools.MaxHung);
        _current = NewThread();
    }

    /// <summary>The device it is pinned to.</summary>
    public string Device { get; }

    /// <summary>Threads that were given up and have not come back; false beside it: the device is out of
    /// service.</summary>
    public (int Hung, bool IsServing) State
    {
        get
        {
            lock (_lock)
            {
                return (_watch.Hung, _watch.IsServing);
            }
        }
    }

    /// <summary>Stops after the tile at hand and waits for that; threads that were given up are left to
    /// themselves.</summary>
    public void Dispose()
    {
        WorkerThread? last;
        lock (_lock)
        {
            if (_watch.IsEnding)
            {
                return;
            }

            _watch = _watch with { IsEnding = true };
            last = _current;
        }

        // Its source is not disposed of: a thread that comes back later may still ask.
        _stop.Cancel();
        last?.Dispose();
    }

    private WorkerThread NewThread() => new(Device, _tools, OnHung, OnReturned, _stop.Token);

    private void OnHung()
    {
        lock (_lock)
        {
            Follow(_watch.GiveUp());
        }
    }

    private void OnReturned()
    {
        lock (_lock)
        {
            Follow(_watch.Return());
        }
    }

    private void Follow(ThreadStep step)
    {
        _watch = step.State;
        _current = step.StartsThread ? NewThread() : _watch.IsServing ? _current : null;
    }
}
