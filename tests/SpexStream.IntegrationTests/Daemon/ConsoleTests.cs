using System.Net;
using System.Text.Json.Nodes;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Status and console of a running daemon.</summary>
public sealed class ConsoleTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [RequiresMosquittoFact]
    public async Task Status_tells_of_the_scenes_and_the_verb_shows_it()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "status");
        await SubmitAsync(rig);
        var (code, output, error) = await SpexProgram.RunAsync("status", "--http", $"{rig.Port}", "--json");
        Assert.True(code == 0, error);
        var report = JsonNode.Parse(output)!;
        Assert.Equal(
            ("no-test", "node-1", true), ((string?)report["station"], (string?)report["node"], (bool?)report["ready"]));
        var scene = Assert.Single(report["ended"]!.AsArray())!;
        Assert.Equal(
            ("pass", "closed", 3), ((string?)scene["scene"], (string?)scene["phase"], (int?)scene["strips_received"]));
        Assert.Equal([0, 1, 2], scene["strips_done"]!.AsArray().Select(index => (int)index!));
        Assert.Empty(report["scenes"]!.AsArray());
        Assert.Equal(12, report["queues"]!.AsArray().Count);
        Assert.Equal(["cpu:0", "cpu:1"], report["devices"]!.AsArray().Select(device => (string?)device!["device"]));

        (code, output, _) = await SpexProgram.RunAsync("status", "--http", $"{rig.Port}");
        Assert.Equal(0, code);
        Assert.Contains("pass revision 1 closed, 100 % of its strips", output, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task What_happens_comes_as_server_sent_events_and_a_picture_can_be_had_of_a_named_scene_only()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "events");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{rig.Port}") };
        using var stream = new StreamReader(await http.GetStreamAsync(new Uri("/console/events", UriKind.Relative)));
        await SubmitAsync(rig);
        var heard = new List<string>();
        while (!heard.Any(line => line.Contains("revision 1 closed", StringComparison.Ordinal)))
        {
            heard.Add(await stream.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? "");
        }

        var items = heard.Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line[6..])!).ToArray();
        Assert.Equal("opened", (string?)items[0]["text"]);
        Assert.Contains(items, item => (string?)item["kind"] == "observation");
        Assert.Equal("image/png", (await rig.GetAsync("/console/browse/pass/1")).Type);
        foreach (var other in new[] { "pass/2", "other/1", "..%2f..%2fetc%2fpasswd/1", "pass/x" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await rig.GetAsync($"/console/browse/{other}")).Status);
        }
    }

    [RequiresMosquittoFact]
    public async Task With_a_token_nothing_is_shown_without_it_and_switched_off_there_is_nothing()
    {
        var token = Path.Combine(raster.Folder, "token");
        await File.WriteAllTextAsync(token, "a token that is long enough\n");
        await using (var rig = await DaemonRig.StartAsync(raster, "token", "--console-token-file", token))
        {
            foreach (
                var path in new[] { "/", "/status", "/console", "/console/events", "/console/tables", "/console/maps" })
            {
                Assert.Equal((path, HttpStatusCode.Unauthorized), (path, (await rig.GetAsync(path)).Status));
            }

            Assert.Equal(HttpStatusCode.OK, (await rig.GetAsync("/metrics")).Status);
            var (code, _, error) = await SpexProgram.RunAsync("status", "--http", $"{rig.Port}");
            Assert.Equal(1, code);
            Assert.Contains("a token is needed", error, StringComparison.Ordinal);
            Assert.Equal(
                0, (await SpexProgram.RunAsync("status", "--http", $"{rig.Port}", "--token-file", token)).Code);
        }

        await using (var rig = await DaemonRig.StartAsync(raster, "off", "--console", "false"))
        {
            Assert.Equal(HttpStatusCode.NotFound, (await rig.GetAsync("/console")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await rig.GetAsync("/status")).Status);
        }
    }

    [RequiresChromiumFact]
    public async Task A_real_browser_shows_tables_and_pictures_and_what_happens_while_it_looks()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "browser");
        await SubmitAsync(rig);
        await using var browser = await Browser.OpenAsync(
            raster.NewFolder("chromium"), new Uri($"http://127.0.0.1:{rig.Port}/console"));
        await browser.ShowsAsync("<figcaption>pass, revision 1,");
        Assert.Contains("/console/browse/pass/1", await browser.MarkupAsync(), StringComparison.Ordinal);

        // Its own script, and events, bring what comes later into the open page.
        await SubmitAsync(rig, "later");
        await browser.ShowsAsync("<td>later</td><td>revision 1 closed</td>");
        await browser.ShowsAsync("<figcaption>later, revision 1,");
        await browser.ShowsAsync(">live, ");
        await browser.LoadsPicturesAsync();
        // A blank page of this size packs to a few thousand bytes.
        Assert.InRange((await browser.PictureAsync()).Length, 40_000, int.MaxValue);
    }

    private static async Task SubmitAsync(DaemonRig rig, string scene = "pass")
    {
        var (code, _, error) = await SpexProgram.RunAsync(
            ["submit", raster(rig), .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--strips", "3",
                "--spool", rig.Incoming]);
        Assert.True(code == 0, error);
        await rig.ClosedAsync(scene);
        // The book is written when the event is out.
        await Eventually.HoldsAsync(
            () => rig.Daemon.Output.Contains($"Scene {scene}: revision 1 closed", StringComparison.Ordinal));

        static string raster(DaemonRig rig) => Path.Combine(Path.GetDirectoryName(rig.Incoming)!, "made.tif");
    }
}
