using System.Collections.Immutable;
using SpexStream.Daemon.Status;

namespace SpexStream.Daemon.Pages;

/// <summary>The tables of the console: what is at work, what waits, what computes, what is wrong.</summary>
internal static class ConsoleTables
{
    private const int MostStrips = 60;

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

    private static Html Scenes(ImmutableArray<SceneReport> scenes) => scenes.IsEmpty ? Nothing("none") : Html.Of($"""
        <table><thead><tr><th>scene</th><th>platform</th><th>revision</th><th>strips</th><th>done</th><th>tiles</th><th></th><th>since</th><th></th></tr></thead><tbody>
        {Html.Each(scenes, scene => Html.Of($"""
            <tr><td>{scene.Scene}</td><td>{scene.Platform}</td><td>{scene.Revision}</td><td>{scene.StripsReceived} of {scene.StripsExpected?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}</td><td>{Strips(scene)}</td><td>{scene.TilesDone} of {scene.TilesKnown}</td><td><progress value="{scene.TilesDone}" max="{Math.Max(1, scene.TilesKnown)}"></progress></td><td>{scene.Since:HH:mm:ss}</td><td>{scene.Trouble}</td></tr>

            """))}</tbody></table>
        """);

    // One square for each strip, filled where every tile of it has an answer.
    private static Html Strips(SceneReport scene)
    {
        var count = Math.Max(scene.StripsExpected ?? 0, scene.StripsDone.IsEmpty ? 0 : scene.StripsDone[^1] + 1);
        var done = scene.StripsDone.ToHashSet();
        return count > MostStrips ? Html.Of($"{done.Count} of {count}")
            : Html.Each(Enumerable.Range(0, count), index => done.Contains(index)
                ? Html.Of($"<span class=\"strip full\" title=\"strip {index} done\">&#9632;</span>")
                : Html.Of($"<span class=\"strip\" title=\"strip {index}\">&#9633;</span>"));
    }

    private static Html Ended(ImmutableArray<SceneReport> scenes) => scenes.IsEmpty ? Nothing("none since the start")
        : Html.Of($"""
            <table><thead><tr><th>UTC</th><th>scene</th><th>platform</th><th>revision</th><th></th><th>completeness</th><th></th></tr></thead><tbody>
            {Html.Each(scenes, scene => Html.Of($"<tr class=\"{(scene.Phase == "closed" ? "good" : "bad")}\"><td>{scene.Updated:HH:mm:ss}</td><td>{scene.Scene}</td><td>{scene.Platform}</td><td>{scene.Revision}</td><td>{scene.Phase}</td><td>{Percent(scene.Completeness)}</td><td>{scene.Trouble}</td></tr>\n"))}</tbody></table>
            """);

    private static Html Alerts(ImmutableArray<AlertLine> alerts) => alerts.IsEmpty ? Nothing("none") : Html.Of($"""
        <table><thead><tr><th>since</th><th>severity</th><th>class</th><th>area</th><th></th><th>alert</th></tr></thead><tbody>
        {Html.Each(alerts.Take(100), alert => Html.Of($"<tr><td>{alert.Since:yyyy-MM-dd HH:mm}</td><td>{alert.Severity}</td><td>{alert.Class}</td><td>{alert.Area}</td><td>{alert.Phase}</td><td>{alert.Headline}</td></tr>\n"))}</tbody></table>
        """);

    private static Html Queues(ImmutableArray<QueueReport> queues) => Html.Of($"""
        <table><thead><tr><th>stage</th><th>waits</th><th>bound</th><th></th></tr></thead><tbody>
        {Html.Each(queues, queue => Html.Of($"<tr><td>{queue.Stage}</td><td>{queue.Depth:0}</td><td>{queue.Bound:0}</td><td><meter value=\"{queue.Depth:0}\" max=\"{Math.Max(1, queue.Bound):0}\"></meter></td></tr>\n"))}</tbody></table>
        """);

    private static Html Devices(ImmutableArray<DeviceReport> devices) => Html.Of($"""
        <table><thead><tr><th>device</th><th></th><th>tiles at once</th></tr></thead><tbody>
        {Html.Each(devices, device => Html.Of($"<tr class=\"{(device.State == "serving" ? "good" : "bad")}\"><td>{device.Device}</td><td>{device.State}</td><td>{device.BatchLimit ?? 1}</td></tr>\n"))}</tbody></table>
        """);

    private static Html Messages(StationReport report) => Html.Of($"""
        <p class="small">broker {(report.BrokerConnected ? "connected" : "not connected")}; {report.OutboxWaiting} messages wait, the oldest for {report.OutboxOldestSeconds:0} s; the canary came back {(report.CanaryAgeSeconds is { } age ? $"{(long)age} s ago" : "never: it is off")}</p>
        """);

    private static Html Errors(ImmutableArray<LogLine> lines) => lines.IsEmpty ? Nothing("none since the start")
        : Html.Of($"""
            <table><thead><tr><th>UTC</th><th>level</th><th>id</th><th>line</th></tr></thead><tbody>
            {Html.Each(lines, line => Html.Of($"<tr><td>{line.At:yyyy-MM-dd HH:mm:ss}</td><td>{line.Level}</td><td>{line.Id}</td><td>{line.Text}</td></tr>\n"))}</tbody></table>
            """);

    private static Html Nothing(string word) => Html.Of($"<p class=\"small\">{word}</p>");

    private static string Percent(double? value) =>
        value is { } percent ? FormattableString.Invariant($"{percent:0.#} %") : "";
}
