using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;
using SpexStream.Pipeline.Models;

namespace SpexStream.Pipeline.Work;

/// <summary>What a bench works with.</summary>
internal sealed record BenchTools(
    IRasterStore Store, FlightRecorder? Recorder, ReadLimits Limits, HungFileBoard Files, StageTally Tally,
    SpexMeter Meter, TimeProvider Time, ModelDevice? Models = null);

/// <summary>Runs tiles at a device. When a read hangs the bench is given up: the tile has failed, and what the bench
/// holds is freed when the read comes back.</summary>
internal sealed class DeviceBench : IDeviceBench
{
    private readonly BenchTools _tools;
    private readonly Action _onGivenUp;
    private readonly CallGuard _calls;
    private readonly WorkerScratch _scratch;
    private volatile ITileJob? _job;

    /// <summary>Opens a bench.</summary>
    /// <param name="device">Its device.</param>
    /// <param name="tools">What it works with.</param>
    /// <param name="onGivenUp">Told, on another thread, that a read hangs; before the tile is said to have
    /// failed.</param>
    public DeviceBench(string device, BenchTools tools, Action onGivenUp)
    {
        (_tools, _onGivenUp) = (tools, onGivenUp);
        _calls = new CallGuard(tools.Limits.Timeout, tools.Time);
        _scratch = new WorkerScratch(
            device, tools.Store, new ReadGuard(_calls, tools.Files, tools.Limits, GiveUp), tools.Models);
    }

    /// <inheritdoc/>
    public string Device => _scratch.Device;

    /// <inheritdoc/>
    public bool IsGivenUp => _calls.IsGivenUp;

    /// <inheritdoc/>
    public void WaitWhileResting(CancellationToken cancellation) => _tools.Models?.WaitWhileResting(cancellation);

    /// <inheritdoc/>
    public void Run(ITileJob job)
    {
        // Jobs are made by the same works that open benches.
        var (tile, started) = ((TileJob)job, _tools.Time.GetTimestamp());
        try
        {
            _job = job;
            _tools.Recorder?.Begin(tile.Mark);
            tile.Run(_scratch);
            _tools.Meter.StageLatency.Record(
                _tools.Time.GetElapsedTime(started).TotalSeconds,
                    new KeyValuePair<string, object?>("stage", tile.Stage));
        }
        catch (Exception fault)
        {
            // The top of a tile's work: it is reported as failed and the device goes on with the next one. One that was
            // given up is reported already.
            if (!_calls.IsGivenUp)
            {
                job.Fail(fault);
            }
        }

        if (!_calls.IsGivenUp)
        {
            // Else another bench of the device has the recorder.
            _tools.Recorder?.End();
            _tools.Tally.Step();
        }

        // A device without work must not keep what the scene of its last tile has counted.
        _job = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch.Dispose();
        _calls.Dispose();
    }

    private void GiveUp(Exception fault)
    {
        _tools.Tally.Step();
        _onGivenUp();
        _job!.Fail(fault);
    }
}
