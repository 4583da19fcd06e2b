using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SpexStream.Daemon.Metrics;

/// <summary>
/// Listens to the instruments of SpexStream and of the runtime from process start, so that nothing counted before the
/// first scrape is lost. Safe for use from several threads.
/// </summary>
internal sealed class MetricRegistry : IDisposable
{
    private static readonly string[] MeterPrefixes = ["SpexStream", "System.Runtime"];
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = new();
    private readonly MeterListener _listener = new();

    public MetricRegistry()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (MeterPrefixes.Any(prefix => instrument.Meter.Name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, i => new MetricFamily(i)));
            }
        };
        _listener.SetMeasurementEventCallback<double>((i, value, tags, state) => Record(i, value, tags, state));
        _listener.SetMeasurementEventCallback<float>((i, value, tags, state) => Record(i, value, tags, state));
        _listener.SetMeasurementEventCallback<long>((i, value, tags, state) => Record(i, value, tags, state));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, state) => Record(i, value, tags, state));
        _listener.Start();
    }

    /// <summary>All families by name, after asking the observable instruments.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        _listener.RecordObservableInstruments();
        return [.. _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)];
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(
        Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var family = (MetricFamily)state!;
        if (family.Kind == MetricKind.Gauge && !instrument.IsObservable
            && instrument.GetType().Name.StartsWith("UpDown", StringComparison.Ordinal))
        {
            family.Add(value, tags);
            return;
        }

        family.Record(value, tags);
    }
}
