using System.Net;
using System.Text.Json.Nodes;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>Alert rules in a running daemon: read, read again, and taken back with the products.</summary>
public sealed partial class AlertTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const string Rules = """
        version: 1
        areas: areas.geojson
        rules:
          - id: wet
            class: water
            metric: share
            enter: 0.5
            exit: 0.1
            confirm: { passes: 1, of: 1 }
            minimum_clear_percent: 10
            severity: moderate
        """;

    [RequiresMosquittoFact]
    public async Task Changed_rules_are_used_without_a_restart_and_faults_leave_the_old_ones()
    {
        var rules = WriteRules("reload");
        await using var rig = await DaemonRig.StartAsync(raster, "reload", "--rules", rules);
        await File.WriteAllTextAsync(rules, Rules.Replace("water", "lava", StringComparison.Ordinal));
        await Eventually.HoldsAsync(async () => await rig.MetricAsync("spex_alert_rule_faults") == 1);
        var (status, body, _) = await rig.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("the alert rules have 1 fault and those before stay", body, StringComparison.Ordinal);
        Assert.Contains("rules[0].class is 'lava'", body, StringComparison.Ordinal);
        await SubmitAsync(rig, "pass");
        await AlertsAsync(rig, "raised");

        await File.WriteAllTextAsync(rules, Rules.Replace("id: wet", "id: other", StringComparison.Ordinal));
        await AlertsAsync(rig, "raised", "cancelled");
        Assert.Equal(0, await rig.MetricAsync("spex_alert_rule_faults"));
        Assert.Equal(1, await rig.MetricAsync("spex_alert_rule_reloads_total{result=\"refused\"}"));
        Assert.Equal(1, await rig.MetricAsync("spex_alert_transitions_total{transition=\"cancelled\"}"));
    }

    [RequiresMosquittoFact]
    public async Task A_start_with_faults_lists_all_of_them()
    {
        var rules = WriteRules("faults");
        await File.WriteAllTextAsync(rules, "version: 2\nareas: areas.geojson\nrules: [{ id: A }]\n");
        var folder = raster.NewFolder("faults-all");
        var (code, _, error) = await SpexProgram.RunAsync(
            ["run", "--broker", "mqtt://127.0.0.1:1", "--station", "no-test", "--data", folder, "--out",
                raster.NewFolder("faults-out"), "--allow", raster.NewFolder("faults-in"), "--rules", rules]);
        Assert.Equal(2, code);
        Assert.Contains($"rules is '{rules}': expected a file of alert rules without faults", error,
            StringComparison.Ordinal);
        Assert.Contains("rules.yaml:1 version is not 1", error, StringComparison.Ordinal);
        Assert.Contains("rules[0].id is 'A'", error, StringComparison.Ordinal);
        Assert.Contains("rules[0].class is", error, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task Products_of_a_time_are_withdrawn_with_what_rests_on_them()
    {
        await using var rig = await DaemonRig.StartAsync(
            raster, "retract", "--rules", WriteRules("retract"), "--commands", "true");
        var now = TimeProvider.System.GetUtcNow();
        await SubmitAsync(rig, "early", "--sensed", $"{now.AddHours(-3):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        await AlertsAsync(rig, "raised");
        await SubmitAsync(rig, "late", "--sensed", $"{now.AddHours(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}");
        await rig.ClosedAsync("late");
        Assert.Equal(1, await rig.MetricAsync(
            "spex_alerts_open{class=\"water\",severity=\"moderate\",state=\"confirmed\"}"));

        string[] early =
        [
            "retract", .. rig.ClientOptions, "--to", $"{now.AddHours(-2):yyyy-MM-dd'T'HH:mm:ss'Z'}", "--data",
            rig.DataFolder, "--reason", "wrong calibration",
        ];
        var (code, output, error) = await SpexProgram.RunAsync([.. early, "--dry-run"]);
        Assert.True(code == 0, error);
        Assert.Contains("early revision 1", output, StringComparison.Ordinal);
        Assert.Contains("1 products would be withdrawn", output, StringComparison.Ordinal);
        Assert.True(Path.Exists(Path.Combine(rig.Out, "early")));

        (code, output, error) = await SpexProgram.RunAsync([.. early, "--json"]);
        Assert.True(code == 0, error);
        Assert.Equal("retracted", (string?)JsonNode.Parse(output)!["reason"]);
        Assert.False(Path.Exists(Path.Combine(rig.Out, "early")));
        // The later pass still holds the alert.
        await AlertsAsync(rig, "raised", "updated");
        (code, _, error) = await SpexProgram.RunAsync(["retract", .. rig.ClientOptions, "--scene", "late"]);
        Assert.True(code == 0, error);
        await AlertsAsync(rig, "raised", "updated", "cancelled");
        (code, output, _) = await SpexProgram.RunAsync([.. early, "--dry-run"]);
        Assert.Contains("0 products", output, StringComparison.Ordinal);
        (code, _, error) = await SpexProgram.RunAsync(
            ["retract", .. rig.ClientOptions, "--model", new string('a', 64)]);
        Assert.Equal(2, code);
        Assert.Contains("need --data", error, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task Status_and_console_show_an_alert_while_it_is_open_and_it_has_the_trace_of_its_scene()
    {
        await using var rig = await DaemonRig.StartAsync(
            raster, "shown", "--rules", WriteRules("shown"), "--commands", "true");
        Assert.Empty(await OpenAsync());
        Assert.Contains("<h2>Open alerts</h2><p class=\"small\">none", await PageAsync(), StringComparison.Ordinal);
        await SubmitAsync(rig, "pass");
        await AlertsAsync(rig, "raised");
        await Eventually.HoldsAsync(async () => (await OpenAsync()).Length == 1);

        var told = Assert.Single(rig.Heard("out/alert/"));
        var properties = DaemonRig.Data(told)["properties"]!;
        var (id, headline) = ((string)properties["alert_id"]!, (string)properties["headline"]!);
        var shown = (await OpenAsync())[0];
        Assert.Equal(
            (id, "water", "moderate", "all-of-it", "confirmed", headline),
            ((string?)shown["id"], (string?)shown["class"], (string?)shown["severity"], (string?)shown["area"],
                (string?)shown["phase"], (string?)shown["headline"]));
        Assert.Contains(WebUtility.HtmlEncode(headline), await PageAsync(), StringComparison.Ordinal);
        var (code, output, error) = await SpexProgram.RunAsync("status", "--http", $"{rig.Port}");
        Assert.True(code == 0, error);
        Assert.Contains(headline, output, StringComparison.Ordinal);

        var trace = rig.Heard("out/scene/")[0].UserProperty("traceparent");
        Assert.NotNull(trace);
        Assert.All(
            [told, .. rig.Heard("out/cap/"), .. rig.Heard("state/alert/")],
            message => Assert.Equal(trace, message.UserProperty("traceparent")));

        (code, _, error) = await SpexProgram.RunAsync(["retract", .. rig.ClientOptions, "--scene", "pass"]);
        Assert.True(code == 0, error);
        await Eventually.HoldsAsync(async () => (await OpenAsync()).Length == 0);
        Assert.DoesNotContain(WebUtility.HtmlEncode(headline), Tables(await PageAsync()), StringComparison.Ordinal);

        async Task<JsonNode[]> OpenAsync() =>
            [.. JsonNode.Parse((await rig.GetAsync("/status")).Body)!["alerts"]!.AsArray().Select(alert => alert!)];

        async Task<string> PageAsync() => (await rig.GetAsync("/console", "text/html")).Body;

        static string Tables(string page) => page.Split("Open alerts")[1].Split("</section>")[0];
    }

    [RequiresMosquittoFact]
    public async Task Alerts_that_are_switched_to_actual_or_off_are_told_so_at_the_next_start()
    {
        var (incoming, output, data) = (
            raster.NewFolder("switch-in"), raster.NewFolder("switch-out"), raster.NewFolder("switch-data"));
        var rules = WriteRules("switch");
        await using (var rig = await DaemonRig.StartInAsync(incoming, output, data, "--rules", rules))
        {
            await SubmitAsync(rig, "pass");
            await AlertsAsync(rig, "raised");
        }

        await using (var rig = await DaemonRig.StartInAsync(
            incoming, output, data, "--rules", rules, "--alerts-actual", "true"))
        {
            // The listener may come behind the message, but never behind what is retained.
            await Eventually.HoldsAsync(() => rig.Heard("state/alert/") is [.., var state]
                && (string?)DaemonRig.Data(state)["properties"]!["status"] == "Actual");
            Assert.Equal(1, await rig.MetricAsync("spex_alert_transitions_total{transition=\"updated\"}"));
        }

        await using (var rig = await DaemonRig.StartInAsync(incoming, output, data))
        {
            await Eventually.HoldsAsync(async () =>
                await rig.MetricAsync("spex_alert_transitions_total{transition=\"cancelled\"}") == 1);
            await rig.StatusIsAsync(HttpStatusCode.OK);
        }
    }

    private static async Task AlertsAsync(DaemonRig rig, params string[] transitions)
    {
        string[] Told() =>
        [
            .. rig.Heard("out/alert/").Select(message => (string)DaemonRig.Data(message)["properties"]!["transition"]!),
        ];
        await Eventually.HoldsAsync(() => rig.Daemon.HasExited || Told().Length >= transitions.Length);
        Assert.Equal(transitions, Told());
    }

    private async Task SubmitAsync(DaemonRig rig, string scene, params string[] more)
    {
        var (code, _, error) = await SpexProgram.RunAsync(
            ["submit", raster.Path, .. MadeRaster.Options, .. rig.ClientOptions, "--scene", scene, "--spool",
                rig.Incoming, "--strips", "2", .. more]);
        Assert.True(code == 0, error);
    }

    private string WriteRules(string name) => MadeRules.Write(raster, name, Rules);
}
