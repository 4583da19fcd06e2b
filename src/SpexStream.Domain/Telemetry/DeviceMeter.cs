using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Domain.Telemetry;

/// <summary>
/// The instruments of devices that compute models, split as Triton splits them: waiting, input, inference, output. The
/// only label besides a kind of failure is the device. Safe for use from several threads.
/// </summary>
public sealed class DeviceMeter : IDisposable
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
            60],
    };

    private static readonly InstrumentAdvice<double> Shares = new()
    {
        HistogramBucketBoundaries = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.95, 1],
    };

    private static readonly InstrumentAdvice<double> Tiles = new()
    {
        HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256],
    };

    private readonly Meter _meter = new(SpexMeter.Name);
    private readonly ConcurrentDictionary<string, BusyShare> _shares = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _input;
    private readonly Histogram<double> _infer;
    private readonly Histogram<double> _output;
    private readonly Histogram<double> _fill;
    private readonly Histogram<double> _size;
    private readonly Counter<double> _busy;
    private readonly Counter<long> _failures;

    /// <summary>Creates the instruments.</summary>
    /// <param name="time">The clock; that of the machine where none is given.</param>
    public DeviceMeter(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _start = _time.GetTimestamp();
        _queue = _meter.CreateHistogram(
            "spex_device_queue", "s", "From a batch's first tile to the start of its inference, by device.",
                advice: Seconds);
        _input = _meter.CreateHistogram(
            "spex_device_input", "s", "Bringing a batch to its device, by device.", advice: Seconds);
        _infer = _meter.CreateHistogram("spex_device_infer", "s", "Computing a batch, by device.", advice: Seconds);
        _output = _meter.CreateHistogram(
            "spex_device_output", "s", "Bringing a batch back and taking its answers out, by device.", advice: Seconds);
        _fill = _meter.CreateHistogram(
            "spex_device_batch_fill", "1", "Share of a batch's slots that held a tile, by device.", advice: Shares);
        _size = _meter.CreateHistogram(
            "spex_gpu_batch_size", null, "Tiles in a batch, by device, be it a graphics card or the processor.",
            advice: Tiles);
        _meter.CreateObservableGauge(
            "spex_gpu_busy", () => _shares.Select(share => new Measurement<double>(
                share.Value.Of(_time.GetElapsedTime(_start)), new KeyValuePair<string, object?>("device", share.Key))),
            "1", "Share of the last minute that the batches took which ended in it, by device.");
        _busy = _meter.CreateCounter<double>(
            "spex_device_busy", "s", "Time that the device spent on batches; its rate is the busy ratio.");
        _failures = _meter.CreateCounter<long>("spex_device_failures", null, "Failures by device and kind.");
    }

    /// <summary>A batch was computed.</summary>
    /// <param name="device">Where.</param>
    /// <param name="tiles">Its tiles; 1 or more.</param>
    /// <param name="capacity">Tiles that it has slots for; at least as many.</param>
    /// <param name="waited">From its first tile to the start.</param>
    /// <param name="busy">From the start to the end.</param>
    /// <param name="times">Where that time went.</param>
    public void Computed(DeviceName device, int tiles, int capacity, TimeSpan waited, TimeSpan busy, ModelTimes times)
    {
        var label = Label(device);
        _queue.Record(waited.TotalSeconds, label);
        _input.Record(times.Input.TotalSeconds, label);
        _infer.Record(times.Infer.TotalSeconds, label);
        _fill.Record(tiles / (double)capacity, label);
        _size.Record(tiles, label);
        _busy.Add(busy.TotalSeconds, label);
        _shares.GetOrAdd($"{device}", _ => new BusyShare()).Add(_time.GetElapsedTime(_start), busy);
    }

    /// <summary>The answers of a batch were taken out.</summary>
    public void Answered(DeviceName device, TimeSpan took) => _output.Record(took.TotalSeconds, Label(device));

    /// <summary>A device failed.</summary>
    public void Failed(DeviceName device, DeviceFaultKind kind) => _failures.Add(
        1, Label(device), new KeyValuePair<string, object?>("kind", kind switch
        {
            DeviceFaultKind.OutOfMemory => "out-of-memory",
            DeviceFaultKind.ProviderMissing => "provider-missing",
            _ => "failed",
        }));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Label(DeviceName device) => new("device", device.ToString());
}
