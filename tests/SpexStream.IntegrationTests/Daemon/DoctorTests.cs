using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

public sealed class DoctorTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [Fact]
    public async Task Folders_that_cannot_be_written_to_are_findings_with_a_remedy()
    {
        var (code, output, error) = await SpexProgram.RunAsync("doctor", "--data", "/proc/none", "--out", "/dev/null");
        Assert.Equal((1, string.Empty), (code, error));
        var lines = output.Split('\n');
        foreach (var (subject, path) in new[] { ("data", "/proc/none"), ("out", "/dev/null") })
        {
            var place =
                Array.FindIndex(lines, line => line.StartsWith($"error   {subject} ", StringComparison.Ordinal));
            Assert.True(place >= 0, output);
            Assert.Contains($"{path}: cannot be made or written to", lines[place], StringComparison.Ordinal);
            Assert.Contains("-> give a folder", lines[place + 1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Folders_are_looked_at_and_not_made()
    {
        var folder = Path.Combine(raster.NewFolder("doctor"), "data", "below");
        var (_, output, _) = await SpexProgram.RunAsync("doctor", "--data", folder);
        Assert.DoesNotContain("error   data", output, StringComparison.Ordinal);
        Assert.Contains(folder, output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(raster.Folder, "doctor")));
    }

    [RequiresMosquittoFact]
    public async Task The_broker_is_tried_with_user_and_password()
    {
        await using var broker = await PasswordBroker.StartAsync("right");
        var (right, wrong) = (Path.Combine(broker.Folder, "right"), Path.Combine(broker.Folder, "wrong"));
        File.WriteAllText(right, "right\n");
        File.WriteAllText(wrong, "wrong\n");
        string[] arguments = ["doctor", "--broker", $"mqtt://127.0.0.1:{broker.Port}"];
        var (_, known, _) = await SpexProgram.RunAsync([.. arguments, "--user", "station", "--password-file", right]);
        Assert.Contains("ok      broker", known, StringComparison.Ordinal);
        foreach (var stranger in new string[][] { [], ["--user", "station", "--password-file", wrong] })
        {
            var (code, output, _) = await SpexProgram.RunAsync([.. arguments, .. stranger]);
            Assert.Equal(1, code);
            Assert.Contains("error   broker", output, StringComparison.Ordinal);
            Assert.Contains("-> check that it runs", output, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong", output, StringComparison.Ordinal);
        }
    }
}
