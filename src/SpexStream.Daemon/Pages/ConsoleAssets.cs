namespace SpexStream.Daemon.Pages;

/// <summary>What the page loads: no framework, no build, nothing from elsewhere.</summary>
internal static class ConsoleAssets
{
    /// <summary>Nothing but our own files, and no markup that runs.</summary>
    public const string Policy =
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    public const string Style = """
        :root { color-scheme: light dark; --line: #8886; --good: #1a7f37; --fair: #9a6700; --bad: #cf222e; }
        body { font: 14px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 1500px; padding: 0 16px 32px; }
        header { display: flex; justify-content: space-between; align-items: baseline; }
        h1 { font-size: 20px; } h2 { font-size: 15px; margin: 18px 0 6px; }
        .small { font-size: 12px; font-weight: normal; opacity: .75; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line);
          vertical-align: top; overflow-wrap: anywhere; }
        th { font-weight: 600; white-space: nowrap; }
        td:first-child { white-space: nowrap; }
        p.good, p.fair, p.bad { font-weight: 600; border-left: 4px solid; padding: 4px 10px; }
        .good { border-color: var(--good); } p.good { color: var(--good); }
        .fair { border-color: var(--fair); } p.fair { color: var(--fair); }
        .bad { border-color: var(--bad); color: var(--bad); }
        .strip { letter-spacing: 1px; opacity: .5; } .strip.full { color: var(--good); opacity: 1; }
        main { display: grid; grid-template-columns: 3fr 2fr; column-gap: 32px; }
        .halves { display: grid; grid-template-columns: 1fr 1fr; column-gap: 24px; }
        figure { display: inline-block; margin: 0 16px 12px 0; vertical-align: top; max-width: 340px; }
        figcaption { font-size: 12px; overflow-wrap: anywhere; }
        svg { background: #8882; } .outline { fill: none; stroke: #d4a72c; stroke-width: 1.5; }
        progress, meter { width: 90px; }
        @media (max-width: 1000px) { main { grid-template-columns: 1fr; } }
        @media (max-width: 600px) { .halves { grid-template-columns: 1fr; } }
        """;

    // Text only ever becomes text; what is put in as markup came escaped from the server.
    public const string Script = """
        "use strict";
        const live = document.getElementById("live");
        const news = document.querySelector("#news tbody");
        const cell = (row, text) => { row.insertCell().textContent = text; };
        let wanted = false, busy = false;
        async function refresh() {
          if (busy) { wanted = true; return; }
          busy = true;
          try {
            for (const part of ["tables", "maps"]) {
              const answer = await fetch("/console/" + part);
              if (answer.ok) { document.getElementById(part).innerHTML = await answer.text(); }
            }
            live.textContent = "live, " + new Date().toISOString().slice(11, 19) + " UTC";
          } finally {
            setTimeout(() => { busy = false; if (wanted) { wanted = false; refresh(); } }, 1000);
          }
        }
        const source = new EventSource("/console/events");
        source.addEventListener("news", message => {
          const item = JSON.parse(message.data), row = news.insertRow(0);
          cell(row, item.at.slice(11, 19)); cell(row, item.kind); cell(row, item.about); cell(row, item.text);
          while (news.rows.length > 50) { news.deleteRow(-1); }
          refresh();
        });
        source.addEventListener("stir", refresh);
        source.onerror = () => { live.textContent = "not live: the connection is away, tried again"; };
        """;
}
