using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Daemon.Hosting;
using SpexStream.Domain.Telemetry;
using SpexStream.Tests.Pipeline;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Hosting;

public sealed class SceneTelemetryTests(StripFiles files) : IClassFixture<StripFiles>
{
    [Fact]
    public async Task Whatever_becomes_no_product_is_counted_with_its_reason()
    {
        using var meter = new SpexMeter();
        using var listener = new MeterListener();
        var counted = new List<string>();
        listener.SetMeasurementEventCallback<long>((_, count, labels, _) =>
            counted.Add($"{count} {string.Join(' ', labels.ToArray().Select(label => $"{label.Key}={label.Value}"))}"));
        listener.EnableMeasurementEvents(meter.DeadLetters);
        var scene = files.Delivery(MadeImagery.SixBands, 1, 0).Scene;
        var telemetry = new SceneTelemetry(meter, NullLogger.Instance);
        await telemetry.MissedAsync(scene, "strip 2 did not come");
        await telemetry.QuarantinedAsync(scene, "strip 1 was on a device");
        await telemetry.FailedAsync(scene, new InvalidOperationException("broke"));
        Assert.Equal(
            ["1 stage=product reason=missing-critical", "1 stage=product reason=quarantined",
                "1 stage=product reason=failed"],
            counted);
    }
}
