using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Daemon.Status;

namespace SpexStream.Daemon.Pages;

/// <summary>The tables of the console: what is at work, what waits, what computes, what is wrong.</summary>
internal static class ConsoleTables
{
    private const int MostStrips = 60;
    private const int MostAlerts = 100;
    private const string Second = "HH:mm:ss";
    private const string Day = "yyyy-MM-dd HH:mm:ss";

    public static Html Of(StationReport report) => Html.Of($"""
        <p class="{(report.Ready ? report.Reason is null ? "good" : "fair" : "bad")}">{State(report)}</p>
        <section><h2>Scenes at work</h2>{Scenes(report.Scenes)}</section>
        <section><h2>Open alerts</h2>{Alerts(report.Alerts)}</section>
        <div class="halves"><section><h2>Queues</h2>{Queues(report.Queues)}</section>
        <section><h2>Devices</h2>{Devices(report.Devices)}<h2>Messages</h2>{Messages(report)}</section></div>
        <section><h2>Ended</h2>{Ended(report.Ended)}</section>
        <section><h2>Last errors</h2>{Errors(report.Errors)}</section>
        """);

    private static string State(StationReport report) => (report.Ready, report.Reason) switch
    {
        (true, null) => "ready",
        (true, var reason) => $"ready, but: {reason}",
        (false, var reason) => $"not ready: {reason}",
    };

    private static Html Scenes(ImmutableArray<SceneReport> scenes) => scenes.IsEmpty ? Nothing("none") : HtmlTable.Of(
        ["scene", "platform", "revision", "strips", "done", "tiles", "", "since", ""], scenes, scene =>
        [
            scene.Scene, scene.Platform, Number(scene.Revision),
            $"{scene.StripsReceived} of {(scene.StripsExpected is { } count ? Number(count) : "?")}", Strips(scene),
            $"{scene.TilesDone} of {scene.TilesKnown}",
            Html.Of($"<progress value=\"{scene.TilesDone}\" max=\"{Math.Max(1, scene.TilesKnown)}\"></progress>"),
            Time(scene.Since, Second), scene.Trouble,
        ]);

    // One square for each strip, filled where every tile of it has an answer.
    private static Html Strips(SceneReport scene)
    {
        var count = Math.Max(scene.StripsExpected ?? 0, scene.StripsDone.IsEmpty ? 0 : scene.StripsDone[^1] + 1);
        var done = scene.StripsDone.ToHashSet();
        return count > MostStrips ? $"{done.Count} of {count}"
            : Html.Each(Enumerable.Range(0, count), index => done.Contains(index)
                ? Html.Of($"<span class=\"strip full\" title=\"strip {index} done\">&#9632;</span>")
                : Html.Of($"<span class=\"strip\" title=\"strip {index}\">&#9633;</span>"));
    }

    private static Html Ended(ImmutableArray<SceneReport> scenes) => scenes.IsEmpty ? Nothing("none since the start")
        : HtmlTable.Of(
            ["UTC", "scene", "platform", "revision", "", "completeness", ""], scenes, scene =>
            [
                Time(scene.Updated, Second), scene.Scene, scene.Platform, Number(scene.Revision), scene.Phase,
                scene.Completeness is { } share ? FormattableString.Invariant($"{share:0.#} %") : "", scene.Trouble,
            ],
            scene => scene.Phase == "closed" ? "good" : "bad");

    private static Html Alerts(ImmutableArray<AlertLine> alerts) => alerts.IsEmpty ? Nothing("none") : HtmlTable.Of(
        ["since", "severity", "class", "area", "", "alert"], alerts.Take(MostAlerts), alert =>
        [
            Time(alert.Since, Day), alert.Severity, alert.Class, alert.Area, alert.Phase, alert.Headline,
        ]);

    private static Html Queues(ImmutableArray<QueueReport> queues) => HtmlTable.Of(
        ["stage", "waits", "bound", ""], queues, queue =>
        [
            queue.Stage, Number(queue.Depth), Number(queue.Bound),
            Html.Of($"<meter value=\"{queue.Depth:0}\" max=\"{Math.Max(1, queue.Bound):0}\"></meter>"),
        ]);

    private static Html Devices(ImmutableArray<DeviceReport> devices) => HtmlTable.Of(
        ["device", "", "tiles at once"], devices,
        device => [device.Device, device.State, Number(device.BatchLimit ?? 1)],
        device => device.State == "serving" ? "good" : "bad");

    private static Html Messages(StationReport report)
    {
        var canary = report.CanaryAgeSeconds is { } age ? $"came back {Number(age)} s ago" : "is off";
        var catchUp = report.CatchUpWaiting == 0 ? ""
            : $"; {Number(report.CatchUpWaiting)} announcements wait for the nodes that got them";
        return Nothing($"broker {(report.BrokerConnected ? "connected" : "not connected")}; {report.OutboxWaiting} "
            + $"messages wait, the oldest for {Number(report.OutboxOldestSeconds)} s; the canary {canary}{catchUp}");
    }

    private static Html Errors(ImmutableArray<LogLine> lines) => lines.IsEmpty ? Nothing("none since the start")
        : HtmlTable.Of(
            ["UTC", "level", "id", "line"], lines,
            line => [Time(line.At, Day), line.Level, Number(line.Id), line.Text]);

    private static Html Nothing(string words) => Html.Of($"<p class=\"small\">{words}</p>");

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at, string form) => at.ToString(form, CultureInfo.InvariantCulture);
}
