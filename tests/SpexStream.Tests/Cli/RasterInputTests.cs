using System.CommandLine;
using SpexStream.Daemon.Commands;
using SpexStream.Domain.Imagery;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Cli;

/// <summary>What is told of a raster and its options before anything is done with them.</summary>
public sealed class RasterInputTests
{
    [Fact]
    public void Bands_that_do_not_fit_are_told_by_the_option() => Assert.StartsWith(
        "--bands names 3 bands, the raster has 2;", Refusal(Raster(10, 10), "--bands", "green,nir,other"),
        StringComparison.Ordinal);

    [Fact]
    public void A_small_file_that_claims_a_monstrous_size_is_not_begun_with() => Assert.Contains(
        "claims 500000 x 500000 pixels of 2 bands", Refusal(Raster(500_000, 500_000), "--bands", "green,nir"),
        StringComparison.Ordinal);

    [Fact]
    public void Bands_that_neither_an_option_nor_the_file_names_are_missing()
    {
        var words = Refusal(Raster(8, 8));
        Assert.StartsWith("--bands is missing, and the file's descriptions of its bands do not do (", words,
            StringComparison.Ordinal);
        Assert.Contains("give --bands with a name for every band", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strips_item_has_an_id_however_long_that_of_its_scene_is()
    {
        var (input, parsed) = Parse("--bands", "green,nir", "--scene", new string('a', 100));
        var info = Raster(10, 10);
        var ids = Enumerable.Range(9, 2).Select(index =>
            input.Announce(parsed, info, new StripCut("/a.tif", index, 11, 0, 10, null, null), DateTimeOffset.UnixEpoch)
                .ItemId).ToArray();
        Assert.Equal([new string('a', 98) + "-9", new string('a', 97) + "-10"], ids);
    }

    [Fact]
    public void A_strip_does_not_replace_the_raster_that_it_is_cut_from()
    {
        using var folder = new TemporaryFolder();
        new TestTiff(8, 8, 2, PixelType.UInt16).Write(folder["pass-0001.tif"], (_, x, _) => x);
        var before = File.ReadAllBytes(folder["pass-0001.tif"]);
        File.CreateSymbolicLink(folder["raster.tif"], folder["pass-0001.tif"]);
        var info = Raster(8, 8) with { Path = folder["raster.tif"] };
        StripCuts.Cut(info, folder.Root, "pass", 0, 2, (0, 4));
        var fault = Assert.Throws<CommandException>(() => StripCuts.Cut(info, folder.Root, "pass", 1, 2, (4, 4)));
        Assert.Contains("is the raster itself", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(folder["pass-0001.tif"]));
    }

    private static string Refusal(RasterInfo info, params string[] options)
    {
        var (input, parsed) = Parse(options);
        return Assert.Throws<CommandException>(() => input.Place(parsed, info)).Message;
    }

    private static (RasterInput Input, ParseResult Parsed) Parse(params string[] options)
    {
        var (input, command) = (new RasterInput(), new Command("verb"));
        input.AddTo(command);
        return (input, command.Parse(["a.tif", .. options]));
    }

    private static RasterInfo Raster(int width, int height) => new()
    {
        Path = "/a.tif",
        Driver = "GTiff",
        Width = width,
        Height = height,
        Bands = [new(PixelType.UInt16, null, null, null, string.Empty),
            new(PixelType.UInt16, null, null, null, string.Empty)],
        Transform = null,
        Crs = null,
        BlockWidth = 256,
        BlockHeight = 256,
    };
}
