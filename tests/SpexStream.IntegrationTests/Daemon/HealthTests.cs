using System.Net;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

public sealed class HealthTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [Fact]
    public async Task Where_no_daemon_answers_it_says_so_in_one_line_and_ends_with_1()
    {
        var port = FreePort.Next();
        var (code, output, error) = await SpexProgram.RunAsync("health", "--http", $"{port}");
        Assert.Equal((1, string.Empty), (code, output));
        Assert.StartsWith(
            $"spexstream: http://127.0.0.1:{port}/health/ready does not answer", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [RequiresMosquittoFact]
    public async Task It_tells_a_ready_daemon_from_one_that_is_not()
    {
        await using var rig = await DaemonRig.StartAsync(raster, "health");
        Assert.Equal((0, "ready\n"), await AskAsync(rig));
        await rig.Broker.KillAsync();
        await rig.StatusIsAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal((1, "not ready: the broker is not connected\n"), await AskAsync(rig));
        Assert.Equal((0, "live\n"), await AskAsync(rig, "--live"));
    }

    private static async Task<(int Code, string Output)> AskAsync(DaemonRig rig, params string[] more)
    {
        var (code, output, _) = await SpexProgram.RunAsync(["health", "--http", $"{rig.Port}", .. more]);
        return (code, output);
    }
}
