using SpexStream.IntegrationTests.Support;
using SpexStream.Pipeline.Products;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>What process says of a folder that it cannot or should not write into, before it does any work.</summary>
public sealed class OutputFolderTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    [Theory]
    [InlineData("/proc/none")]
    [InlineData("/dev/null")]
    [InlineData("/dev/null/below")]
    public async Task A_place_that_is_no_folder_is_one_line(string output) =>
        Refused(2, $"--out {output} cannot be made or written to", await ProcessAsync("--out", output));

    [Fact]
    public async Task A_folder_of_other_things_is_left_alone()
    {
        var output = raster.NewFolder("other");
        var kept = Path.Combine(Directory.CreateDirectory(Path.Combine(output, "pass")).FullName, "thesis.txt");
        File.WriteAllText(kept, "years of work");
        await RefusedAsync("holds other things than products", "--out", output, "--scene", "pass");
        Assert.Equal("years of work", File.ReadAllText(kept));

        // Products of before are replaced, and with them the item that they have.
        File.WriteAllText(Path.Combine(output, "pass", "item.json"), "{}");
        var (code, _, error) = await ProcessAsync("--out", output, "--scene", "pass");
        Assert.True(code == 0, error);
        Assert.False(File.Exists(kept));
    }

    [Fact]
    public async Task The_raster_is_not_replaced_by_what_is_made_from_it()
    {
        var output = raster.NewFolder("around");
        var inside = Path.Combine(Directory.CreateDirectory(Path.Combine(output, "pass")).FullName, "pass.tif");
        File.Copy(raster.Path, inside);
        File.WriteAllText(Path.Combine(output, "pass", "item.json"), "{}");
        var link = Path.Combine(raster.Folder, "pass.tif");
        File.CreateSymbolicLink(link, inside);
        foreach (var path in new[] { inside, link })
        {
            var (code, _, error) =
                await SpexProgram.RunAsync(["process", path, .. MadeRaster.Options, "--out", output]);
            Assert.Equal(1, code);
            Assert.Contains(
                "holds the raster itself", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
        }

        Assert.True(File.Exists(inside));
    }

    [Fact]
    public async Task A_second_daemon_on_the_same_products_is_refused_in_one_line_and_single_rasters_are_not()
    {
        var output = raster.NewFolder("owned");
        using var first = OutputOwner.Take(output, "svalbard", "node-1");
        var (code, _, error) = await SpexProgram.RunAsync(
        [
            "run", "--broker", "mqtt://127.0.0.1:1", "--station", "kiruna", "--data", raster.NewFolder("second"),
            "--out", output, "--allow", raster.NewFolder("incoming"), "--http", "0",
        ]);
        Assert.Equal(1, code);
        Assert.Contains(
            "in use for the products of station svalbard, node node-1", Assert.Single(error.Trim().Split('\n')),
            StringComparison.Ordinal);
        (code, _, error) = await ProcessAsync("--out", output, "--scene", "single");
        Assert.True(code == 0, error);

        // What a daemon has published stays.
        Directory.Move(Path.Combine(output, "single"), Path.Combine(output, "pass@r1.e1"));
        Directory.CreateSymbolicLink(Path.Combine(output, "pass"), "pass@r1.e1");
        (code, _, error) = await ProcessAsync("--out", output, "--scene", "pass");
        Assert.NotEqual(0, code);
        Assert.Contains("is the product of a daemon", error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "pass", "item.json")));
    }

    [Fact]
    public async Task A_scene_that_another_process_works_on_is_refused_and_free_again_after_it()
    {
        var output = raster.NewFolder("shared");
        var runs =
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ProcessAsync("--out", output, "--scene", "pass")));
        Assert.Contains(runs, run => run.Code == 0);
        Assert.All(runs.Where(run => run.Code != 0), run =>
        {
            Assert.Equal(1, run.Code);
            Assert.EndsWith("is being written by another process; choose another --scene or --out.", run.Error.Trim(),
                StringComparison.Ordinal);
        });
        using (new FileStream(
            Path.Combine(output, ".pass.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            await RefusedAsync("is being written by another process", "--out", output, "--scene", "pass");
        }

        Assert.Equal(0, (await ProcessAsync("--out", output, "--scene", "pass")).Code);
        Assert.Equal(["collection.json", "pass"],
            Directory.EnumerateFileSystemEntries(output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pipe_as_raster_is_one_line_at_once()
    {
        var pipe = Path.Combine(raster.Folder, "pipe.tif");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync();
        }

        var (code, output, error) = await SpexProgram.RunAsync("process", pipe, "--out", raster.Folder);
        Assert.Equal((1, string.Empty), (code, output));
        Assert.Contains(
            "this is a pipe, not a file", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string words, params string[] arguments) =>
        Refused(1, words, await ProcessAsync(arguments));

    private static void Refused(int code, string words, (int Code, string Output, string Error) run)
    {
        Assert.Equal((code, string.Empty), (run.Code, run.Output));
        Assert.Contains(words, Assert.Single(run.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> ProcessAsync(params string[] arguments) =>
        SpexProgram.RunAsync(["process", raster.Path, .. MadeRaster.Options, "--products", "none", .. arguments]);
}
