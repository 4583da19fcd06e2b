using System.Diagnostics.Metrics;
using SpexStream.Domain.Telemetry;

namespace SpexStream.IntegrationTests.Sharing;

/// <summary>The counters of shared tiles of one node.</summary>
internal sealed class SharedTileCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _forOthers;
    private long _byOthers;

    public SharedTileCount(SpexMeter meter)
    {
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            foreach (var tag in tags)
            {
                _ = Interlocked.Add(ref tag.Value is "for-others" ? ref _forOthers : ref _byOthers, value);
            }
        });
        _listener.EnableMeasurementEvents(meter.TilesShared);
    }

    public long ForOthers => Interlocked.Read(ref _forOthers);

    public long ByOthers => Interlocked.Read(ref _byOthers);

    public void Dispose() => _listener.Dispose();
}
