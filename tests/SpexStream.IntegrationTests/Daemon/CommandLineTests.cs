using System.Text.Json.Nodes;
using SpexStream.IntegrationTests.Support;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

public sealed class CommandLineTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [Fact]
    public async Task Run_tells_all_mistakes_of_its_settings_at_once_and_ends_with_2()
    {
        var (code, output, error) = await SpexProgram.RunAsync(
            "run", "--broker", "tcp://somewhere", "--station", "No Good", "--node", "UPPER", "--http", "70000",
            "--tile", "100",
            "--devices", "gpu", "--classes", "roads", "--products", "all,maps", "--gather-minutes", "-1",
            "--password-file", "/none/pw",
            "--data", "/proc/none", "--out", Path.Combine(raster.Folder, "out"), "--allow", "/none/in");
        Assert.Equal((2, string.Empty), (code, output));
        foreach (var name in new[]
        {
            "broker", "station", "node", "http", "tile", "devices", "classes", "products", "gatherMinutes", "passwordFile", "data", "allow",
        })
        {
            Assert.Contains($"spexstream: {name} is ", error, StringComparison.Ordinal);
        }

        Assert.Equal(12, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Run_refuses_products_below_its_input()
    {
        var (code, _, error) = await SpexProgram.RunAsync(
            "run", "--broker", "mqtt://127.0.0.1:1", "--station", "no-test", "--data",
            Path.Combine(raster.Folder, "data"),
            "--out", Path.Combine(raster.Folder, "products"), "--allow", raster.Folder);
        Assert.Equal(2, code);
        Assert.Contains("out is ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_of_the_wrong_type_is_one_clear_line()
    {
        var (code, _, error) = await SpexProgram.RunAsync("run", "--http", "many");
        Assert.Equal(2, code);
        Assert.Contains(
            "spexstream: http is 'many': expected a port from 0 to 65535\n", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--offset", "-0.1")]
    [InlineData("--offset=-0.1", null)]
    public async Task A_negative_value_is_a_value(string option, string? value)
    {
        string[] given = value is null ? [option] : [option, value];
        var (code, output, error) = await SpexProgram.RunAsync(
        [
            "process", raster.Path, "--bands", "blue,green,red,nir,swir16,swir22", "--scale", "0.0001", .. given,
            "--radiometry", "toa",
            "--nodata", "-9999", "--products", "none", "--out", Path.Combine(raster.Folder, "negative"), "--json",
        ]);
        Assert.True(code == 0, error);
        var result = JsonNode.Parse(output)!;
        Assert.Equal(MadeRaster.Width, (int)result["width"]!);
        Assert.Equal(3, result["classes"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_raster_that_is_not_there_is_one_line_and_1()
    {
        var (code, output, error) = await SpexProgram.RunAsync("process", "/none/a.tif", "--out", raster.Folder);
        Assert.Equal((1, string.Empty), (code, output));
        Assert.Equal("spexstream: /none/a.tif: there is no such file.", error.Trim());
    }

    [Fact]
    public async Task Bands_that_do_not_fit_the_file_are_one_line_and_not_0()
    {
        var (code, _, error) = await SpexProgram.RunAsync(
            "process", raster.Path, "--bands", "green,nir", "--out", raster.Folder);
        Assert.Equal(2, code);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Contains("6", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raster_that_ends_too_early_is_told_in_a_few_lines()
    {
        var half = Path.Combine(raster.Folder, "half.tif");
        File.WriteAllBytes(half, File.ReadAllBytes(raster.Path)[..(int)(new FileInfo(raster.Path).Length / 2)]);
        var (code, _, error) = await SpexProgram.RunAsync(
            ["process", half, .. MadeRaster.Options, "--tile", "64", "--products", "none", "--out",
                Path.Combine(raster.Folder, "half")]);
        Assert.Equal(1, code);
        var lines = error.Trim().Split('\n');
        Assert.InRange(lines.Length, 1, 4);
        Assert.All(lines, line => Assert.StartsWith("spexstream: ", line, StringComparison.Ordinal));
        Assert.Contains("tiles were given up", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("process")]
    [InlineData("process", "a.tif", "--out", "x", "--tile", "100")]
    [InlineData("process", "a.tif", "--out", "x", "--classes", "roads")]
    [InlineData("process", "a.tif", "--out", "x", "--scale", "much")]
    [InlineData("submit", "a.tif", "--broker", "nowhere", "--station", "s")]
    [InlineData("process", "a.tif", "--out", "x", "--scene", "No Good")]
    [InlineData("process", "a.tif", "--out", "x", "--scene", "collection.json")]
    [InlineData("process", "a.tif", "--out", "x", "--platform", "")]
    [InlineData("submit", "a.tif", "--broker", "mqtt://localhost", "--station", "No Good")]
    [InlineData("watch", "--broker", "mqtt://localhost", "--station", "s", "--timeout", "-5")]
    [InlineData("watch", "--broker", "mqtt://localhost", "--station", "s", "--timeout", "1e99")]
    [InlineData("watch", "--broker", "mqtt://localhost", "--station", "s", "--until-closed", "No Good")]
    [InlineData("demo", "--size", "64", "--strips", "65")]
    [InlineData("run", "--config", "/none/settings.json")]
    [InlineData("unknown")]
    [InlineData("unknown", "--tile", "64")]
    [InlineData("model")]
    [InlineData("model", "make-tiny", "--out", "/proc/x")]
    [InlineData("model", "import", "--checkpoint", "/none/there", "--out", "/tmp/none/there")]
    [InlineData("replay", "--spool", "/none/there", "--broker", "mqtt://localhost", "--station", "s")]
    [InlineData("retention", "--data", "/none/there", "--out", "/none/there")]
    public async Task What_cannot_be_understood_ends_with_2(params string[] arguments)
    {
        var (code, output, error) = await SpexProgram.RunAsync(arguments);
        Assert.Equal((2, string.Empty), (code, output));
        Assert.StartsWith("spexstream: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task The_demo_shows_everything_and_ends_with_0()
    {
        var keep = raster.NewFolder("demo");
        var (code, output, error) =
            await SpexProgram.RunAsync("demo", "--size", "256", "--strips", "4", "--plain", "--keep", keep);
        Assert.True(code == 0, error);
        Assert.Contains("strips 4/4", output, StringComparison.Ordinal);
        Assert.Contains("accuracy", output, StringComparison.Ordinal);
    }

    [RequiresMosquittoFact]
    public async Task The_demo_ends_when_its_daemon_cannot_start()
    {
        var keep = raster.NewFolder("no-demo");
        File.WriteAllText(Path.Combine(keep, "products"), "no folder");
        var (code, _, error) = await SpexProgram.RunAsync("demo", "--size", "64", "--strips", "1", "--keep", keep);
        Assert.Equal(1, code);
        Assert.Contains("the daemon ended early", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_is_away_is_one_line_for_the_client_verbs()
    {
        var (code, _, error) = await SpexProgram.RunAsync(
            "watch", "--broker", $"mqtt://127.0.0.1:{FreePort.Next()}", "--station", "no-test");
        Assert.Equal(1, code);
        Assert.Single(error.Trim().Split('\n'));
    }
}
