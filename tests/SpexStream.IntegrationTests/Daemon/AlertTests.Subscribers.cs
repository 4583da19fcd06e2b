using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>What the subscriber of the samples hears: late, restarted, and from a broker that lost what it kept.</summary>
public sealed partial class AlertTests
{
    [RequiresMosquittoFact]
    public async Task A_late_joiner_has_the_open_alerts_at_once_and_a_restarted_one_is_told_nothing_twice()
    {
        await using var rig = await DaemonRig.StartAsync(
            raster, "joined", "--rules", WriteRules("joined"), "--commands", "true");
        await SubmitAsync(rig, "first");
        await AlertsAsync(rig, "raised");
        await using (var late = Listen(rig))
        {
            await Eventually.HoldsAsync(() => Lines(late, "open").Length == 1);
            Assert.Equal(Told(rig)[..1], Lines(late, "open"));
            Assert.Empty(Lines(late, "news"));
        }

        // While it is away, and then while it is there.
        await RetractAsync(rig, "first");
        await AlertsAsync(rig, "raised", "cancelled");
        await using (var again = Listen(rig))
        {
            await Eventually.HoldsAsync(() => Lines(again, "news").Length == 1);
            await SubmitAsync(rig, "second");
            await AlertsAsync(rig, "raised", "cancelled", "raised");
            await Eventually.HoldsAsync(() => Lines(again, "open").Contains(Told(rig)[2]));
            Assert.Equal(Told(rig)[1..], Lines(again, "news"));
        }

        // What it had is said no more: the next news are the next.
        await using var third = Listen(rig);
        await Eventually.HoldsAsync(() => Lines(third, "open").Length > 0);
        await RetractAsync(rig, "second");
        await AlertsAsync(rig, "raised", "cancelled", "raised", "cancelled");
        await Eventually.HoldsAsync(() => Lines(third, "news").Length > 0);
        Assert.Equal(Told(rig)[3..], Lines(third, "news"));
    }

    [RequiresMosquittoFact]
    public async Task A_broker_that_lost_what_it_kept_is_told_the_open_alerts_again()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "lost", "--rules", WriteRules("lost"));
        await SubmitAsync(rig, "pass");
        await AlertsAsync(rig, "raised");
        // It keeps nothing on the disk.
        await rig.Broker.KillAsync();
        await rig.Broker.StartAsync();
        await using var late = Listen(rig);
        await Eventually.HoldsAsync(() => Lines(late, "open").Length == 1);
        Assert.Equal(Told(rig), Lines(late, "open"));
        Assert.Empty(Lines(late, "news"));
    }

    private static SpexProgram Listen(DaemonRig rig) => SpexProgram.Listen(rig.Broker, DaemonRig.Station.Value);

    /// <summary>What a listener said of open alerts, or as news.</summary>
    private static string[] Lines(SpexProgram listener, string kind) =>
    [
        .. listener.Output.Split('\n').Where(line => line.StartsWith(kind, StringComparison.Ordinal))
            .Select(line => line[(kind.Length + 1)..]),
    ];

    /// <summary>The same of all alerts so far.</summary>
    private static string[] Told(DaemonRig rig) =>
    [
        .. rig.Heard("out/alert/").Select(message => DaemonRig.Data(message)["properties"]!)
            .Select(alert => $"{alert["status"]} {alert["severity"]}: {alert["headline"]}"),
    ];

    private static async Task RetractAsync(DaemonRig rig, string scene)
    {
        var (code, _, error) = await SpexProgram.RunAsync(["retract", .. rig.ClientOptions, "--scene", scene]);
        Assert.True(code == 0, error);
    }
}
