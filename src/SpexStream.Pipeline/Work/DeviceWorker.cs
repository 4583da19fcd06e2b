using SpexStream.Domain.Ports.Raster;

namespace SpexStream.Pipeline.Work;

/// <summary>One worker per device, on a thread of its own: takes a tile when it is free, runs it, takes the next.</summary>
public sealed class DeviceWorker : IDisposable
{
    private readonly TileDispatcher _dispatcher;
    private readonly WorkerScratch _scratch;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private bool _disposed;

    /// <summary>Starts the worker.</summary>
    public DeviceWorker(string device, TileDispatcher dispatcher, IRasterStore store)
    {
        Device = device;
        _dispatcher = dispatcher;
        _scratch = new WorkerScratch(device, store);
        _thread = new Thread(Work) { Name = $"spex {device}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The device it is pinned to.</summary>
    public string Device { get; }

    /// <summary>Stops after the tile at hand and waits for that.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Cancel();
        _thread.Join();
        _scratch.Dispose();
        _stop.Dispose();
    }

    private void Work()
    {
        while (!_stop.IsCancellationRequested)
        {
            TileJob job;
            try
            {
                job = _dispatcher.Take(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                // The only way to end the wait: the worker was asked to stop.
                return;
            }

            try
            {
                job.Run(_scratch);
            }
            catch (Exception fault)
            {
                // The top of a thread: the tile is reported as failed and the device goes on with the next one.
                job.Fail(fault);
            }
        }
    }
}
