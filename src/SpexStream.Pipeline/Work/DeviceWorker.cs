using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Pipeline.Work;

/// <summary>One worker per device, on a thread of its own: takes a tile when it is free, runs it, takes the next.</summary>
public sealed class DeviceWorker : IDisposable
{
    private readonly TileDispatcher _dispatcher;
    private readonly SpexMeter _meter;
    private readonly TimeProvider _time;
    private readonly WorkerScratch _scratch;
    private readonly FlightRecorder? _recorder;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private bool _disposed;

    /// <summary>Starts the worker.</summary>
    /// <param name="device">Its device.</param>
    /// <param name="dispatcher">Where tiles come from.</param>
    /// <param name="store">Opens strips.</param>
    /// <param name="recorder">Keeps what it has in hand, where that must outlive the process; disposed of with it.</param>
    /// <param name="meter">Instruments.</param>
    /// <param name="time">The clock.</param>
    public DeviceWorker(
        string device, TileDispatcher dispatcher, IRasterStore store, FlightRecorder? recorder, SpexMeter meter, TimeProvider time)
    {
        (Device, _recorder) = (device, recorder);
        (_dispatcher, _meter, _time) = (dispatcher, meter, time);
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
        _recorder?.Dispose();
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

            var started = _time.GetTimestamp();
            try
            {
                _recorder?.Begin(job.Mark);
                job.Run(_scratch);
                _meter.StageLatency.Record(
                    _time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("stage", job.Stage));
            }
            catch (Exception fault)
            {
                // The top of a thread: the tile is reported as failed and the device goes on with the next one.
                job.Fail(fault);
            }
            finally
            {
                _recorder?.End();
            }
        }
    }
}
