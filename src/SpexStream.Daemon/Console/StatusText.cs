using System.Globalization;
using SpexStream.Daemon.Status;

namespace SpexStream.Daemon.Console;

/// <summary>A report as lines for people; what came in messages cannot steer the terminal.</summary>
internal static class StatusText
{
    private const int MostErrors = 10;
    private const int MostAlerts = 20;

    public static IEnumerable<string> Of(StationReport report) => Lines(report).Select(Printable);

    private static IEnumerable<string> Lines(StationReport report)
    {
        yield return $"{report.Station} {report.Node}, SpexStream {report.Version}, "
            + $"up {Span(report.Now - report.Started)}: {State(report)}";
        yield return Text($"messages: {report.OutboxWaiting} wait, the oldest for {report.OutboxOldestSeconds:0} s; ")
            + $"broker {(report.BrokerConnected ? "connected" : "not connected")}{Canary(report)}";
        if (report.CatchUpWaiting > 0)
        {
            yield return Text($"announcements: {report.CatchUpWaiting} wait for the nodes that got them; ")
                + "those that are not settled in time are taken up here";
        }

        yield return Text($"scenes at work: {report.Scenes.Length}");
        foreach (var scene in report.Scenes)
        {
            var expected = scene.StripsExpected?.ToString(CultureInfo.InvariantCulture) ?? "?";
            yield return Text($"  {scene.Scene} ({scene.Platform}) revision {scene.Revision}: ")
                + Text($"{scene.StripsReceived} of {expected} strips, {scene.StripsDone.Length} done; {scene.TilesDone} of {scene.TilesKnown} ")
                + $"tiles; for {Span(report.Now - scene.Since)}{After(scene.Trouble)}";
        }

        foreach (var scene in report.Ended)
        {
            var share = scene.Completeness is { } percent ? Text($", {percent:0.#} % of its strips") : "";
            yield return Text($"  {scene.Updated:HH:mm:ss} {scene.Scene} revision {scene.Revision} {scene.Phase}")
                + share + After(scene.Trouble);
        }

        yield return "queues: " + string.Join(", ", report.Queues.Where(queue => queue.Depth > 0)
            .Select(queue => Text($"{queue.Stage} {queue.Depth:0} of {queue.Bound:0}")).DefaultIfEmpty("empty"));
        yield return "devices: " + string.Join(
            ", ", report.Devices.Select(device => $"{device.Device} {device.State}"));
        yield return Text($"open alerts: {report.Alerts.Length}");
        foreach (var alert in report.Alerts.Take(MostAlerts))
        {
            yield return Text($"  {alert.Severity} {alert.Class} {alert.Area} {alert.Phase}: {alert.Headline}");
        }

        yield return report.Errors.IsEmpty ? "errors: none since the start" : "last errors:";
        foreach (var line in report.Errors.Take(MostErrors))
        {
            yield return Text($"  {line.At:yyyy-MM-dd HH:mm:ss} {line.Level} {line.Id} {line.Text}");
        }
    }

    private static string State(StationReport report) => report.Ready
        ? report.Reason is null ? "ready" : $"ready, but: {report.Reason}"
        : $"not ready: {report.Reason}";

    private static string Canary(StationReport report) =>
        report.CanaryAgeSeconds is { } age ? Text($", heard ourselves {age:0} s ago") : "";

    private static string After(string? trouble) => trouble is null ? "" : $"; {trouble}";

    private static string Span(TimeSpan span) => span.TotalDays >= 1 ? Text($"{span.TotalDays:0.0} d")
        : span.TotalHours >= 1 ? Text($"{span.TotalHours:0.0} h")
        : span.TotalMinutes >= 1 ? Text($"{span.TotalMinutes:0} min")
        : Text($"{Math.Max(0, span.TotalSeconds):0} s");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Printable(string line) => string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c));
}
