using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Daemon.Status;

namespace SpexStream.Daemon.Pages;

/// <summary>The one page of the console. Well-formed XML, so that a test can read it; nothing in it can change
/// anything.</summary>
internal static class ConsolePage
{
    /// <summary>Where it lies.</summary>
    public const string Path = "/console";

    /// <summary>The whole page.</summary>
    public static Html Of(StationReport report, ImmutableArray<SceneLine> ended, ImmutableArray<NewsItem> news) =>
        Html.Of($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>
            <title>{report.Station} {report.Node} - SpexStream</title>
            <link rel="stylesheet" href="{Path}/style.css"/><script src="{Path}/script.js" defer="defer"></script>
            <noscript><meta http-equiv="refresh" content="15"/></noscript></head>
            <body><header>
            <h1>{report.Station} <span class="small">{report.Node}, SpexStream {report.Version}</span></h1>
            <p id="live" class="small">as of {report.Now:yyyy-MM-dd HH:mm:ss} UTC</p></header>
            <main><div id="tables">{ConsoleTables.Of(report)}</div>
            <div><section><h2>Newest products</h2><div id="maps">{Maps(ended)}</div></section>
            <section><h2>As it comes</h2>{News(news)}</section></div></main></body></html>
            """);

    /// <summary>The newest pictures where they lie.</summary>
    public static Html Maps(ImmutableArray<SceneLine> ended)
    {
        var closed = ended.Where(scene => scene.Phase == "closed").DistinctBy(scene => scene.Scene).Take(6).ToArray();
        return closed.Length == 0 ? Html.Of($"<p class=\"small\">No scene was closed since the start.</p>")
            : Html.Each(closed, scene => Html.Of($"""
                <figure>{FootprintMap.Of(scene, scene.Picture is null ? null : Address(scene))}
                <figcaption>{scene.Scene}, revision {scene.Revision},
                {scene.CompletenessPercent ?? 0:0.#} % of its strips, {scene.Updated:HH:mm:ss}</figcaption></figure>
                """));
    }

    private static string Address(SceneLine scene) =>
        FormattableString.Invariant($"{Path}/browse/{Uri.EscapeDataString(scene.Scene)}/{scene.Revision}");

    private static Html News(ImmutableArray<NewsItem> news) => HtmlTable.Of(
        ["UTC", "what", "of", ""], news,
        item => [item.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture), item.Kind, item.About, item.Text],
        id: "news");
}
