using System.Diagnostics.Metrics;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Daemon.Hosting;

/// <summary>Open alerts as gauges: every class and severity has its series from the start, so that none of them
/// appears and goes.</summary>
internal static class AlertGauges
{
    public static void AddTo(SpexMeter meter, Func<IReadOnlyCollection<OpenAlert>> alerts) => meter.ObserveAll(
        "spex_alerts_open", null, "Open alerts, by class and severity.", () =>
        {
            var counts = alerts().GroupBy(alert => (alert.Class, alert.Severity))
                .ToDictionary(group => group.Key, group => group.Count());
            return
                from value in LandCoverClasses.All
                from severity in Enum.GetValues<AlertSeverity>()
                select new Measurement<double>(
                    counts.GetValueOrDefault((value.Slug(), severity.Slug())),
                    new KeyValuePair<string, object?>("class", value.Slug()),
                    new KeyValuePair<string, object?>("severity", severity.Slug()));
        });
}
