using System.Diagnostics;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Raster;

public sealed class RasterReadingTests : IDisposable
{
    private const int Width = 203;
    private const int Height = 151;
    private readonly TemporaryFolder _folder = new();
    private readonly GdalRasterStore _store = new(new RasterOptions());

    public static TheoryData<PixelType, int?, bool, bool> Layouts()
    {
        var layouts = new TheoryData<PixelType, int?, bool, bool>();
        foreach (var type in Enum.GetValues<PixelType>())
        {
            foreach (var tile in new int?[] { null, 16, 64, 256 })
            {
                layouts.Add(type, tile, true, tile == 64);
                layouts.Add(type, tile, false, tile is null);
            }
        }

        return layouts;
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_window_holds_the_samples_of_the_file(PixelType type, int? tile, bool interleaved, bool deflate)
    {
        var path = _folder["raster.tif"];
        new TestTiff(Width, Height, 3, type)
        {
            TileEdge = tile,
            PixelInterleaved = interleaved,
            Deflate = deflate
        }.Write(path, (b, x, y) => Value(type, b, x, y));
        using var reader = _store.Open(path);
        Assert.Equal(type, reader.Info.Type);
        Assert.Equal((Width, Height, 3), (reader.Info.Width, reader.Info.Height, reader.Info.Bands.Length));
        var random = new Random(11);
        for (var i = 0; i < 12; i++)
        {
            var (column, row) = (random.Next(Width), random.Next(Height));
            var window = new PixelWindow(
                column, row, random.Next(1, Width - column + 1), random.Next(1, Height - row + 1));
            // Bands in another order than in the file, written off the planes' corner.
            using var planes = new PixelPlanes(window.Grow(3), window, 2, type);
            reader.Read(window, [2, 0], planes, 3, 3);
            for (var y = 0; y < window.Height; y++)
            {
                for (var x = 0; x < window.Width; x++)
                {
                    Assert.Equal(Value(type, 2, column + x, row + y), Sample(planes, 0, x + 3, y + 3));
                    Assert.Equal(Value(type, 0, column + x, row + y), Sample(planes, 1, x + 3, y + 3));
                }
            }
        }
    }

    [Fact]
    public void The_header_tells_grid_nodata_scale_and_names()
    {
        var path = _folder["tagged.tif"];
        new TestTiff(20, 10, 2, PixelType.Int16)
        {
            Transform = new(399_960, 10, 1, 5_100_000, 2, -10),
            Epsg = 32633,
            Nodata = "-9999",
            Names = ["green", "nir"],
            Scale = 0.0001,
            Offset = -0.1,
        }.Write(path, (_, x, _) => x);
        var info = _store.Describe(path);
        Assert.Equal(new Affine(399_960, 10, 1, 5_100_000, 2, -10), info.Transform);
        Assert.Equal(("EPSG:32633", false, 1.0), (info.Crs!.Code, info.Crs.IsGeographic, info.Crs.MetresPerUnit));
        Assert.Equal([new(PixelType.Int16, -9999, 0.0001, -0.1, "green"),
            new(PixelType.Int16, -9999, 0.0001, -0.1, "nir")], info.Bands.AsEnumerable());
        Assert.Equal("GTiff", info.Driver);
    }

    [Fact]
    public void What_the_file_does_not_say_is_null()
    {
        var path = _folder["plain.tif"];
        new TestTiff(20, 10, 1, PixelType.UInt8).Write(path, (_, x, _) => x);
        var info = _store.Describe(path);
        Assert.Null(info.Transform);
        Assert.Null(info.Crs);
        Assert.Equal([new(PixelType.UInt8, null, null, null, string.Empty)], info.Bands.AsEnumerable());
    }

    [Fact]
    public void A_vrt_is_refused_for_it_can_name_any_other_file()
    {
        var path = _folder["a.vrt"];
        File.WriteAllText(path, "<VRTDataset rasterXSize=\"5\" rasterYSize=\"5\"><VRTRasterBand dataType=\"Byte\" band=\"1\"/></VRTDataset>");
        Refused(path, "drivers allowed");
    }

    [Theory]
    [InlineData("/vsicurl/http://127.0.0.1:9/a.tif")]
    [InlineData("/vsis3/bucket/a.tif")]
    [InlineData("http://127.0.0.1:9/a.tif")]
    [InlineData("GTIFF_DIR:1:/vsicurl/http://127.0.0.1:9/a.tif")]
    [InlineData("/vsizip//tmp/a.zip/a.tif")]
    public void Network_and_virtual_paths_are_refused(string path) => Refused(path, "not allowed by the configuration");

    [Fact]
    public void A_file_that_is_not_there_is_told_by_its_path() => Refused(_folder["none.tif"], "no such file");

    [Theory]
    [InlineData("pipe", "pipe")]
    [InlineData("link-to-pipe", "pipe")]
    [InlineData("folder", "folder")]
    [InlineData("/dev/zero", "device")]
    public async Task What_is_no_regular_file_is_refused_before_anything_opens_it(string name, string kind)
    {
        var path = name[0] == '/' ? name : _folder[name];
        Directory.CreateDirectory(_folder["folder"]);
        using (var make = Process.Start("mkfifo", [_folder["pipe"]]))
        {
            await make.WaitForExitAsync();
        }

        File.CreateSymbolicLink(_folder["link-to-pipe"], _folder["pipe"]);
        // Opening a pipe that nobody writes into would never come back.
        await Task.Run(() => Refused(path, $"this is a {kind}, not a file;")).WaitAsync(TimeSpan.FromSeconds(20));
        var cut = Task.Run(() =>
            Assert.Throws<RasterException>(() => StripCutter.Cut(path, 0, 1, _folder["cut.tif"], new RasterOptions())));
        Assert.Contains(kind, (await cut.WaitAsync(TimeSpan.FromSeconds(20))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_that_is_no_raster_is_refused_with_gdals_words()
    {
        File.WriteAllText(_folder["text.tif"], "this is no raster");
        Refused(_folder["text.tif"], "not recognized");
    }

    [Fact]
    public void Complex_samples_are_refused()
    {
        new TestTiff(8, 8, 1, PixelType.Float32) { IsComplex = true }.Write(_folder["complex.tif"], (_, x, _) => x);
        Refused(_folder["complex.tif"], "complex");
    }

    [Fact]
    public void A_file_cut_off_behind_its_header_fails_at_the_window_that_is_not_there()
    {
        var path = _folder["cut.tif"];
        // GDAL writes the directory first, so that a short file still opens.
        StripCutter.Cut(Whole(), 0, Height, path, new RasterOptions());
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length / 2);
        }

        using var reader = _store.Open(path);
        using var planes = new PixelPlanes(new(0, 140, 100, 5), new(0, 140, 100, 5), 1, PixelType.UInt16);
        var fault = Assert.Throws<RasterException>(() => reader.Read(new(0, 140, 100, 5), [2], planes, 0, 0));
        Assert.Equal(path, fault.Path);
        Assert.Equal(new PixelWindow(0, 140, 100, 5), fault.Window);
        Assert.Contains("100x5+0+140", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("gives no reason", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_strip_that_is_not_cut_to_its_end_leaves_nothing_behind()
    {
        var whole = Whole();
        Directory.CreateDirectory(_folder["spool"]);
        var target = Path.Combine(_folder["spool"], "strip.tif");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => StripCutter.Cut(whole, 0, 5, target, new RasterOptions(), cancellation: stop.Token));
        Assert.Throws<RasterException>(() => StripCutter.Cut(whole, Height - 2, 5, target, new RasterOptions()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["spool"]));
    }

    [Fact]
    public void A_window_outside_of_the_file_is_refused_before_gdal_sees_it()
    {
        using var reader = _store.Open(Whole());
        using var planes = new PixelPlanes(new(0, 0, 10, 10), new(0, 0, 10, 10), 1, PixelType.UInt16);
        Assert.Throws<RasterException>(() => reader.Read(new(Width - 5, 0, 10, 10), [0], planes, 0, 0));
        Assert.Throws<ArgumentException>(() => reader.Read(new(0, 0, 10, 10), [0, 1], planes, 0, 0));
        Assert.Throws<ArgumentException>(() => reader.Read(new(0, 0, 10, 10), [0], planes, 1, 0));
    }

    [Fact]
    public void A_cut_strip_has_the_rows_the_grid_and_the_tags_of_its_scene()
    {
        var path = _folder["strip.tif"];
        StripCutter.Cut(Whole(), 40, 30, path, new RasterOptions());
        var (whole, strip) = (_store.Describe(Whole()), _store.Describe(path));
        Assert.Equal(whole.Transform!.Value.Shifted(0, 40), strip.Transform);
        Assert.Equal(whole.Crs!.Code, strip.Crs!.Code);
        Assert.Equal(
            whole.Bands.Select(b => (b.Type, b.Nodata, b.Name)), strip.Bands.Select(b => (b.Type, b.Nodata, b.Name)));
        using var reader = _store.Open(path);
        using var planes = new PixelPlanes(strip.Bounds, strip.Bounds, 3, PixelType.UInt16);
        reader.Read(strip.Bounds, [0, 1, 2], planes, 0, 0);
        for (var y = 0; y < 30; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                Assert.Equal(Value(PixelType.UInt16, 1, x, y + 40), Sample(planes, 1, x, y));
            }
        }
    }

    [Fact]
    public void A_strip_that_is_cut_again_with_the_same_rows_leaves_its_file_alone()
    {
        var path = _folder["again.tif"];
        StripCutter.Cut(Whole(), 40, 30, path, new RasterOptions());
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        StripCutter.Cut(Whole(), 40, 30, path, new RasterOptions());
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
        StripCutter.Cut(Whole(), 41, 30, path, new RasterOptions());
        Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "again.tif*"));
    }

    [Fact]
    public void A_cut_strip_keeps_the_scale_of_its_scene()
    {
        StripCutter.Cut(Whole(), 40, 30, _folder["strip.tif"], new RasterOptions());
        Assert.All(_store.Describe(_folder["strip.tif"]).Bands,
            band => Assert.Equal((0.0001, -0.1), (band.Scale, band.Offset)));
    }

    public void Dispose() => _folder.Dispose();

    private string Whole()
    {
        var path = _folder["whole.tif"];
        if (!File.Exists(path))
        {
            new TestTiff(Width, Height, 3, PixelType.UInt16)
            {
                Transform = new(399_960, 10, 0, 5_100_000, 0, -10),
                Epsg = 32633,
                Nodata = "0",
                Names = ["green", "red", "nir"],
                Scale = 0.0001,
                Offset = -0.1,
            }.Write(path, (b, x, y) => Value(PixelType.UInt16, b, x, y));
        }

        return path;
    }

    private void Refused(string path, string words)
    {
        var fault = Assert.Throws<RasterException>(() => _store.Open(path));
        Assert.Equal(path, fault.Path);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Throws<RasterException>(() => ((IRasterStore)_store).Describe(path));
    }

    private static double Value(PixelType type, int band, int column, int row)
    {
        var number = (band * 7919) + (column * 31) + (row * 101);
        return type switch
        {
            PixelType.UInt8 => number % 256,
            PixelType.Int16 => (number % 60_000) - 30_000,
            PixelType.UInt16 => number % 65_536,
            _ => (float)((number / 7.0) - 500),
        };
    }

    private static double Sample(PixelPlanes planes, int band, int column, int row) => planes.Type switch
    {
        PixelType.UInt8 => planes.RowSpan<byte>(band, row)[column],
        PixelType.Int16 => planes.RowSpan<short>(band, row)[column],
        PixelType.UInt16 => planes.RowSpan<ushort>(band, row)[column],
        _ => planes.RowSpan<float>(band, row)[column],
    };
}
