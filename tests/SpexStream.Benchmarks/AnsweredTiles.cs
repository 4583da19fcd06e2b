using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Benchmarks;

/// <summary>Hears from the pipeline's own instruments when devices answer, to tell the steady pace from what opening
/// and closing a scene cost.</summary>
internal sealed class AnsweredTiles : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<long> _answered = [];
    private double _busySeconds;

    public AnsweredTiles()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SpexMeter.Name
                && instrument.Name is "spex_device_output" or "spex_device_busy")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            lock (_lock)
            {
                if (instrument.Name == "spex_device_busy")
                {
                    _busySeconds += value;
                }
                else
                {
                    _answered.Add(Stopwatch.GetTimestamp());
                }
            }
        });
        _listener.Start();
    }

    /// <summary>Forgets what it heard.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            _answered.Clear();
            _busySeconds = 0;
        }
    }

    /// <summary>Batches answered, seconds from the first of them to the last, and seconds that all devices together
    /// spent on inferences.</summary>
    public (int Batches, double Seconds, double BusySeconds) Heard
    {
        get
        {
            lock (_lock)
            {
                return (_answered.Count, Stopwatch.GetElapsedTime(_answered[0], _answered[^1]).TotalSeconds,
                    _busySeconds);
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
