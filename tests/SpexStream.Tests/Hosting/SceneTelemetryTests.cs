using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using SpexStream.Daemon.Hosting;
using SpexStream.Domain.Messages;
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
        var telemetry = new SceneTelemetry(meter, TimeProvider.System, NullLogger.Instance);
        await telemetry.MissedAsync(scene, "strip 2 did not come");
        await telemetry.QuarantinedAsync(scene, "strip 1 was on a device");
        await telemetry.FailedAsync(scene, new InvalidOperationException("broke"));
        Assert.Equal(
            ["1 stage=product reason=missing-critical", "1 stage=product reason=quarantined",
                "1 stage=product reason=failed"],
            counted);
    }

    [Theory]
    [InlineData(1, 100, "new")]
    [InlineData(1, 24 * 3600, "new")]
    [InlineData(1, (24 * 3600) + 1, "archive")]
    [InlineData(2, 100, "again")]
    public async Task Only_first_revisions_of_what_was_sensed_lately_are_new_work(int revision, int age, string work)
    {
        using var meter = new SpexMeter();
        using var listener = new MeterListener();
        var told = new List<string>();
        listener.SetMeasurementEventCallback<long>((_, _, labels, _) => told.Add(WorkIn(labels)));
        listener.SetMeasurementEventCallback<double>((_, _, labels, _) => told.Add(WorkIn(labels)));
        listener.EnableMeasurementEvents(meter.ScenesClosed);
        listener.EnableMeasurementEvents(meter.Timeliness);
        var scene = files.Delivery(MadeImagery.SixBands, 1, 0).Scene;
        var clock = new ManualClock(scene.SensedTo.AddSeconds(age));
        var telemetry = new SceneTelemetry(meter, clock, NullLogger.Instance);
        await telemetry.ClosedAsync(new()
        {
            Scene = scene,
            Height = 1,
            Revision = revision,
            CompletenessPercent = 100,
            StripsReceived = 1,
            MissingStrips = [],
            ClosedFor = CloseReason.Complete,
            Tiles = 1,
            Folder = "folder",
            Files = [],
            Classes = [],
            Regions = [],
            Footprint = [],
            FinishedAt = clock.GetUtcNow(),
        });
        Assert.Equal([work, work], told);
        told.Clear();
        await telemetry.FailedAsync(scene, new InvalidOperationException("broke"));
        Assert.Equal([age > 24 * 3600 ? "archive" : "new"], told);

        static string WorkIn(ReadOnlySpan<KeyValuePair<string, object?>> labels) =>
            labels.ToArray().Single(label => label.Key == "work").Value!.ToString()!;
    }
}
