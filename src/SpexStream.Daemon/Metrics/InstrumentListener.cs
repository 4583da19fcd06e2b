using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SpexStream.Daemon.Metrics;

/// <summary>
/// Listens to the instruments of SpexStream and of the runtime from process start, so that nothing counted before the
/// first scrape is lost. Thread-safe.
/// </summary>
/// <param name="make">Makes the sink of a new instrument; may be called twice for one, then one sink is not
/// used.</param>
internal sealed class InstrumentListener<TSink>(Func<MetricShape, TSink> make) : IDisposable
    where TSink : class, IMetricSink
{
    private static readonly string[] MeterPrefixes = ["SpexStream", "System.Runtime"];
    private readonly ConcurrentDictionary<Instrument, TSink> _sinks = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _observing = new();

    public IEnumerable<TSink> Sinks => _sinks.Values;

    public void Start()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (MeterPrefixes.Any(prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(
                    instrument, _sinks.GetOrAdd(instrument, one => make(new MetricShape(one))));
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, sink) => ((TSink)sink!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, sink) => ((TSink)sink!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, sink) => ((TSink)sink!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, sink) => ((TSink)sink!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Has the observable instruments measured. A gauge shows what it measures now and nothing of
    /// before.</summary>
    public void Observe()
    {
        lock (_observing)
        {
            foreach (var sink in _sinks.Values)
            {
                sink.Age();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // Some could not measure: they show nothing, and the others stay on the page. All were asked.
            }

            foreach (var sink in _sinks.Values)
            {
                sink.Drop();
            }
        }
    }

    public void Dispose() => _listener.Dispose();
}
