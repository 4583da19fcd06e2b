using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Models;

namespace SpexStream.Pipeline.Work;

/// <summary>What a worker thread works with.</summary>
internal sealed record WorkerTools(
    TileDispatcher Dispatcher, IRasterStore Store, FlightRecorder? Recorder, ReadLimits Limits, HungFileBoard Files,
    StageTally Tally, SpexMeter Meter, TimeProvider Time, ModelDevice? Models = null);

/// <summary>
/// One thread at a device: takes a tile, runs it, takes the next. When a read hangs it is given up: the tile has
/// failed, and what the thread has in hand is freed when the read comes back.
/// </summary>
internal sealed class WorkerThread : IDisposable
{
    private readonly WorkerTools _tools;
    private readonly Action<WorkerThread> _onHung;
    private readonly Action _onReturned;
    private readonly CancellationToken _stop;
    private readonly CallGuard _calls;
    private readonly WorkerScratch _scratch;
    private readonly ManualResetEventSlim _left = new();
    private volatile TileJob? _job;

    /// <summary>Starts the thread.</summary>
    /// <param name="device">Its device.</param>
    /// <param name="tools">What it works with.</param>
    /// <param name="onHung">Told that it was given up.</param>
    /// <param name="onReturned">Told that it has ended after it was given up.</param>
    /// <param name="stop">Ends it after the tile at hand.</param>
    public WorkerThread(
        string device, WorkerTools tools, Action<WorkerThread> onHung, Action onReturned, CancellationToken stop)
    {
        (_tools, _onHung, _onReturned, _stop) = (tools, onHung, onReturned, stop);
        _calls = new CallGuard(tools.Limits.Timeout, tools.Time);
        _scratch = new WorkerScratch(
            device, tools.Store, new ReadGuard(_calls, tools.Files, tools.Limits, GiveUp), tools.Models);
        new Thread(Run) { Name = $"spex {device}", IsBackground = true }.Start();
    }

    /// <summary>Waits until the thread has ended, or is given up. It frees what it holds itself, whenever it
    /// ends.</summary>
    public void Dispose() => _left.Wait(CancellationToken.None);

    private void Run()
    {
        try
        {
            while (!_calls.IsGivenUp && TryTake() is { } job)
            {
                Run(job);
            }
        }
        finally
        {
            _scratch.Dispose();
            _calls.Dispose();
            _left.Set();
            if (_calls.IsGivenUp)
            {
                _onReturned();
            }
        }
    }

    private TileJob? TryTake()
    {
        try
        {
            // While the device rests, others shall have its tiles.
            _tools.Models?.WaitWhileResting(_stop);
            return _stop.IsCancellationRequested ? null : _tools.Dispatcher.Take(_stop);
        }
        catch (OperationCanceledException)
        {
            // The only way to end the wait: the worker was asked to stop.
            return null;
        }
    }

    private void Run(TileJob job)
    {
        var started = _tools.Time.GetTimestamp();
        try
        {
            _job = job;
            _tools.Recorder?.Begin(job.Mark);
            job.Run(_scratch);
            _tools.Meter.StageLatency.Record(
                _tools.Time.GetElapsedTime(started).TotalSeconds,
                    new KeyValuePair<string, object?>("stage", job.Stage));
        }
        catch (Exception fault)
        {
            // The top of a thread: the tile is reported as failed and the device goes on with the next one. One that
            // was given up is reported already.
            if (!_calls.IsGivenUp)
            {
                job.Fail(fault);
            }
        }

        if (!_calls.IsGivenUp)
        {
            // Else another thread of the device has the recorder.
            _tools.Recorder?.End();
            _tools.Tally.Step();
        }

        // A device without work must not keep what the scene of its last tile has counted.
        _job = null;
    }

    private void GiveUp(Exception fault)
    {
        _tools.Tally.Step();
        _onHung(this);
        _job!.Fail(fault);
        _left.Set();
    }
}
