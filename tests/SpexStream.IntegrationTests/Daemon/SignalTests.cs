using System.Net;
using System.Net.Sockets;
using SpexStream.Domain.Grid;
using SpexStream.IntegrationTests.Support;
using SpexStream.Raster;
using Xunit;

namespace SpexStream.IntegrationTests.Daemon;

/// <summary>A signal ends every verb with 128 and its number, without a word, and without anything half done.</summary>
public sealed class SignalTests(MadeRaster raster) : IClassFixture<MadeRaster>
{
    private const int Edge = 3000;

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Process_leaves_nothing_half_done_behind(string signal, int code)
    {
        var big = Path.Combine(raster.Folder, $"big-{signal}.tif");
        GeoTiffWriter.Write<ushort>(
            big, Edge, Edge, new ushort[2 * Edge * Edge], new Affine(0, 10, 0, 0, 0, -10),
            new GdalCoordinateTransforms().Parse("EPSG:32633"), null);
        var output = raster.NewFolder($"big-{signal}");
        await using var program = SpexProgram.Start(
            "process", big, "--bands", "green,nir", "--tile", "64", "--threads", "1", "--out", output);
        await Eventually.HoldsAsync(() => program.HasExited || Directory.EnumerateDirectories(output, ".work-*").Any());
        await program.SignalAsync(signal);
        Assert.Equal(code, await program.ExitAsync());
        Assert.Equal((string.Empty, string.Empty), (program.Output, program.Error));
        var left = Directory.EnumerateFileSystemEntries(output).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ToArray();
        // A signal that comes while the products are put together finds them whole at the end.
        string[] whole = [Path.GetFileNameWithoutExtension(big).ToLowerInvariant(), "collection.json"];
        Assert.True(left.Length == 0 || left.SequenceEqual(whole), string.Join(' ', left));
        Assert.True(left.Length == 0 || File.Exists(Path.Combine(output, whole[0], "item.json")));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_verb_that_waits_for_the_broker_ends(string signal, int code)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var program = SpexProgram.Start(
            "watch", "--broker", $"mqtt://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}", "--station", "no-test",
            "--timeout", "60");
        // From here on it waits for an answer that never comes.
        using var client = await silent.AcceptTcpClientAsync();
        await program.SignalAsync(signal);
        Assert.Equal(code, await program.ExitAsync());
        Assert.Equal((string.Empty, string.Empty), (program.Output, program.Error));
    }

    [RequiresMosquittoFact]
    public async Task Submit_leaves_whole_strips_only()
    {
        await using var broker = await MosquittoBroker.StartAsync(MosquittoBroker.Open);
        var spool = raster.NewFolder("spool");
        await using var program = SpexProgram.Start(
        [
            "submit", raster.Path, .. MadeRaster.Options, "--broker", $"mqtt://127.0.0.1:{broker.Port}", "--station",
            "no-test",
            "--spool", spool, "--strips", "5", "--pace", "3600000",
        ]);
        await Eventually.HoldsAsync(() =>
            program.HasExited || program.Output.Contains("(1 of 5)", StringComparison.Ordinal));
        await program.SignalAsync("TERM");
        Assert.Equal(143, await program.ExitAsync());
        Assert.Equal(string.Empty, program.Error);
        Assert.Equal(
            ["made-0000.json", "made-0000.tif"],
            Directory.EnumerateFiles(spool).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
