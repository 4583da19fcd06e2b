using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Work;

/// <summary>What a worker thread works with.</summary>
/// <param name="Dispatcher">Hands tiles out.</param>
/// <param name="OpenBench">Opens a bench at the device; told what to call when it is given up.</param>
/// <param name="MaxHung">Threads that may hang before the device is out of service.</param>
internal sealed record WorkerTools(TileDispatcher Dispatcher, Func<Action, IDeviceBench> OpenBench, int MaxHung);

/// <summary>One thread at a device: takes a tile, runs it, takes the next, until its bench is given up.</summary>
internal sealed class WorkerThread : IDisposable
{
    private readonly TileDispatcher _dispatcher;
    private readonly Action _onReturned;
    private readonly CancellationToken _stop;
    private readonly IDeviceBench _bench;
    private readonly ManualResetEventSlim _left = new();

    /// <summary>Starts the thread.</summary>
    /// <param name="device">Its device.</param>
    /// <param name="tools">What it works with.</param>
    /// <param name="onHung">Told that it was given up.</param>
    /// <param name="onReturned">Told that it has ended after it was given up.</param>
    /// <param name="stop">Ends it after the tile at hand.</param>
    public WorkerThread(
        string device, WorkerTools tools, Action onHung, Action onReturned, CancellationToken stop)
    {
        (_dispatcher, _onReturned, _stop) = (tools.Dispatcher, onReturned, stop);
        _bench = tools.OpenBench(() =>
        {
            onHung();
            _left.Set();
        });
        new Thread(Run) { Name = $"spex {device}", IsBackground = true }.Start();
    }

    /// <summary>Waits until the thread has ended, or is given up. It frees what it holds itself, whenever it
    /// ends.</summary>
    public void Dispose() => _left.Wait(CancellationToken.None);

    private void Run()
    {
        try
        {
            while (!_bench.IsGivenUp && TryTake() is { } job)
            {
                _bench.Run(job);
            }
        }
        finally
        {
            _bench.Dispose();
            _left.Set();
            if (_bench.IsGivenUp)
            {
                _onReturned();
            }
        }
    }

    private ITileJob? TryTake()
    {
        try
        {
            // While the device rests, others shall have its tiles.
            _bench.WaitWhileResting(_stop);
            return _stop.IsCancellationRequested ? null : _dispatcher.Take(_stop);
        }
        catch (OperationCanceledException)
        {
            // The only way to end the wait: the worker was asked to stop.
            return null;
        }
    }
}
