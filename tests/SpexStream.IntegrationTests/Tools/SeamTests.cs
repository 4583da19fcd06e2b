using System.Diagnostics;
using Xunit;

namespace SpexStream.IntegrationTests.Tools;

/// <summary>What eng/seams.sh says of the result files of a run, and whether it lets them pass.</summary>
public sealed class SeamTests : IDisposable
{
    private static readonly string[] OfMinimal =
    [
        "Tests.Pipeline.PoolTests.Holds", "Tests.Mqtt.CodecTests.Holds", "Tests.Metrics.TextTests.Holds",
        "Tests.Inference.PackTests.Holds", "Tests.Raster.WindowTests.Holds",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("seams").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_value_that_was_built_is_told_with_its_tests()
    {
        Write("minimal", OfMinimal);
        Write("full", "Tests.Actors.SceneSpecs.Opens", "IntegrationTests.Actors.NodeSpecs.Leaves");
        var (code, lines) = await SeamsAsync();
        Assert.Equal(0, code);
        Assert.Equal(
            [
                "runtime local: 1 passed", "runtime akka: 2 passed", "mqtt own: 1 passed", "mqtt mqttnet: not built",
                "metrics own: 1 passed", "metrics prometheus-net: not built", "ort npm: 1 passed",
                "ort nuget: not built", "gdal system: 1 passed", "gdal maxrev: not built",
            ],
            lines);
    }

    [Theory]
    [InlineData("Tests.Actor.SceneSpecs.Opens")]
    [InlineData("Tests.Actors.SceneSpecs.Opens", "Failed")]
    [InlineData("Tests.Actors.SceneSpecs.Opens", "NotExecuted")]
    public async Task A_first_value_that_was_built_and_of_which_no_test_passed_is_a_failure(
        string test, string outcome = "Passed")
    {
        Write("minimal", OfMinimal);
        Write("full", outcome, [test]);
        var (code, lines) = await SeamsAsync();
        Assert.Equal(1, code);
        Assert.Contains(lines, line => line.StartsWith("runtime akka: 0 passed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_value_of_which_no_test_passed_is_a_failure()
    {
        Write("minimal", [.. OfMinimal.Where(test => !test.Contains("Mqtt", StringComparison.Ordinal))]);
        Write("full", "Tests.Actors.SceneSpecs.Opens");
        var (code, lines) = await SeamsAsync();
        Assert.Equal(1, code);
        Assert.Contains("mqtt own: 0 passed", lines);
    }

    private void Write(string profile, params string[] tests) => Write(profile, "Passed", tests);

    private void Write(string profile, string outcome, string[] tests)
    {
        var rows = tests.Select(test => $"""<UnitTestResult testName="SpexStream.{test}" outcome="{outcome}" />""");
        File.WriteAllText(
            Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, profile)).FullName, "Made.trx"),
            $"<Results>{string.Join('\n', rows)}</Results><ResultSummary outcome=\"Passed\" />");
    }

    // The switches stand on their second values, but for the actors.
    private async Task<(int Code, string[] Lines)> SeamsAsync()
    {
        const string Script =
            "set -e; . eng/lib.sh; . eng/switches.sh; . eng/seams.sh; HAD[SpexActors]=yes; say_seams \"$1\" \"$2\" yes";
        var start = new ProcessStartInfo(
            "bash", ["-c", Script, "seams", Path.Combine(_folder, "minimal"), Path.Combine(_folder, "full")])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Root(),
        };
        using var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SpexStream.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
