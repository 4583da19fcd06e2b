using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Raster;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Raster;

public sealed class CogWriterTests : IDisposable
{
    private const int Edge = 512;
    private static readonly Affine Grid = new(399_960, 10, 0, 5_100_000, 0, -10);
    private static readonly CoordinateSystem Utm = new GdalCoordinateTransforms().Parse("EPSG:32633");
    private readonly TemporaryFolder _folder = new();
    private readonly GdalRasterStore _store = new(new RasterOptions());

    [Theory]
    [InlineData(1, 1)]
    [InlineData(255, 255)]
    [InlineData(256, 256)]
    [InlineData(511, 512)]
    [InlineData(513, 1025)]
    [InlineData(257, 257)]
    [InlineData(1000, 37)]
    [InlineData(37, 1000)]
    [InlineData(3000, 2000)]
    public void What_is_written_is_read_back_with_every_second_pixel_in_each_overview(int width, int height)
    {
        var pixels = Noise(width, height, 5);
        var path = Write("cog.tif", width, height, pixels, 255, shuffleSeed: null, threads: 1);
        Assert.Equal(pixels, Read(path));
        var info = _store.Describe(path);
        Assert.Equal((Grid, "EPSG:32633", 255.0), (info.Transform, info.Crs!.Code, info.Bands[0].Nodata));
        var (w, h) = (width, height);
        foreach (var overview in Overviews(File.ReadAllBytes(path)))
        {
            Assert.True(w > Edge || h > Edge, "one block needs no overview");
            pixels = EverySecond(pixels, w, h);
            (w, h) = ((w + 1) / 2, (h + 1) / 2);
            File.WriteAllBytes(_folder["overview.tif"], overview);
            Assert.Equal(pixels, Read(_folder["overview.tif"]));
        }

        Assert.InRange(Math.Max(w, h), 1, Edge);
    }

    [Fact]
    public void The_order_of_blocks_and_the_number_of_threads_do_not_show_in_the_file()
    {
        var pixels = Noise(1500, 1100, 6);
        var first = File.ReadAllBytes(Write("a.tif", 1500, 1100, pixels, 255, shuffleSeed: null, threads: 1));
        for (var seed = 0; seed < 4; seed++)
        {
            Assert.Equal(first, File.ReadAllBytes(Write("b.tif", 1500, 1100, pixels, 255, seed, threads: 1 + seed)));
        }
    }

    [Fact]
    public void Blocks_of_one_value_are_small()
    {
        var path = Write("plain.tif", 4096, 4096, new byte[4096 * 4096], 255, null, 2);
        Assert.InRange(new FileInfo(path).Length, 1, 300_000);
        Assert.DoesNotContain((byte)1, Read(path));
    }

    [Fact]
    public void Beyond_its_memory_blocks_go_to_a_file_that_vanishes()
    {
        const int Edge = 5632;
        var pixels = new byte[Edge * Edge];
        new Random(9).NextBytes(pixels);
        var path = _folder["large.tif"];
        var spooled = false;
        using (var writer = new GdalByteRasterWriters().CreateCog(path, new(Edge, Edge, Grid, Utm, null, 0)))
        {
            foreach (var (x, y) in Blocks(Edge, Edge))
            {
                writer.Write(x, y, Block(pixels, Edge, Edge, x, y, 0));
                spooled |= Directory.EnumerateFiles(_folder.Root).Any();
            }

            writer.Complete();
        }

        Assert.True(spooled, "30 MB of noise were meant to go through the disk");
        Assert.Equal([path], Directory.EnumerateFiles(_folder.Root));
        Assert.True(pixels.AsSpan().SequenceEqual(Read(path)));
    }

    [Fact]
    public void Without_completion_nothing_is_left_behind()
    {
        using (var writer = new GdalByteRasterWriters().CreateCog(
            _folder["half.tif"], new(1200, 600, null, null, null, 0)))
        {
            writer.Write(1, 1, new byte[Edge * Edge]);
            Assert.Throws<InvalidOperationException>(writer.Complete);
        }

        Assert.Empty(Directory.EnumerateFiles(_folder.Root));
    }

    [Fact]
    public void A_raster_without_georeference_and_nodata_says_neither()
    {
        using (
            var writer = new GdalByteRasterWriters().CreateCog(_folder["bare.tif"], new(10, 10, null, null, null, 0)))
        {
            writer.Write(0, 0, new byte[Edge * Edge]);
            writer.Complete();
        }

        var info = _store.Describe(_folder["bare.tif"]);
        Assert.Equal((null, null, null), (info.Transform, info.Crs, info.Bands[0].Nodata));
    }

    [Theory]
    [InlineData("EPSG:4326", 10, 0.001, 0, 50, 0, -0.002)]
    [InlineData("EPSG:3857", 1000, 30, 0, 5000, 0, -30)]
    [InlineData("EPSG:32633", 399_960, 8.7, 5, 5_100_000, 5, -8.7)]
    public void Any_grid_comes_back_as_it_was(
        string crs, double x, double cx, double rx, double y, double cy, double ry)
    {
        var grid = new Affine(x, cx, rx, y, cy, ry);
        using (var writer = new GdalByteRasterWriters().CreateCog(
            _folder["grid.tif"], new(10, 10, grid, new GdalCoordinateTransforms().Parse(crs), null, 0)))
        {
            writer.Write(0, 0, new byte[Edge * Edge]);
            writer.Complete();
        }

        var info = _store.Describe(_folder["grid.tif"]);
        Assert.Equal((grid, crs), (info.Transform, info.Crs!.Code));
    }

    [Fact]
    public void A_picture_is_read_back_as_png()
    {
        var rgb = Noise(50, 40 * 3, 3);
        new GdalByteRasterWriters().WritePng(_folder["a.png"], 50, 40, rgb);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder["a.png"])[..4]);
        using var reader = _store.Open(_folder["a.png"]);
        using var planes = new PixelPlanes(reader.Info.Bounds, reader.Info.Bounds, 3, PixelType.UInt8);
        reader.Read(reader.Info.Bounds, [0, 1, 2], planes, 0, 0);
        for (var i = 0; i < rgb.Length; i++)
        {
            Assert.Equal(rgb[i], planes.RowSpan<byte>(i % 3, i / 150)[i / 3 % 50]);
        }
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, int width, int height, byte[] pixels, byte padding, int? shuffleSeed, int threads)
    {
        var path = _folder[name];
        using var writer = new GdalByteRasterWriters().CreateCog(path, new(width, height, Grid, Utm, 255, padding));
        var blocks = Blocks(width, height).ToArray();
        if (shuffleSeed is { } seed)
        {
            new Random(seed).Shuffle(blocks);
        }

        Parallel.ForEach(
            blocks, new ParallelOptions { MaxDegreeOfParallelism = threads },
            at => writer.Write(at.X, at.Y, Block(pixels, width, height, at.X, at.Y, padding)));
        writer.Complete();
        return path;
    }

    private static byte[] Read(string path)
    {
        using var reader = new GdalRasterStore(new RasterOptions()).Open(path);
        var window = reader.Info.Bounds;
        using var planes = new PixelPlanes(window, window, 1, PixelType.UInt8);
        reader.Read(window, [0], planes, 0, 0);
        var pixels = new byte[window.Area];
        for (var row = 0; row < window.Height; row++)
        {
            planes.RowSpan<byte>(0, row).CopyTo(pixels.AsSpan(row * window.Width));
        }

        return pixels;
    }

    // Each overview as a file of its own: the same bytes with the header pointing to the overview's directory.
    private static IEnumerable<byte[]> Overviews(byte[] file)
    {
        for (var at = Next(file, BitConverter.ToInt32(file, 4)); at != 0; at = Next(file, at))
        {
            yield return [.. file[..4], .. BitConverter.GetBytes(at), .. file[8..]];
        }

        static int Next(byte[] file, int directory) =>
            BitConverter.ToInt32(file, directory + 2 + (12 * BitConverter.ToUInt16(file, directory)));
    }

    private static IEnumerable<(int X, int Y)> Blocks(int width, int height) =>
        from y in Enumerable.Range(0, (height + (Edge - 1)) / Edge)
        from x in Enumerable.Range(0, (width + (Edge - 1)) / Edge)
        select (x, y);

    private static byte[] Block(byte[] pixels, int width, int height, int x, int y, byte padding)
    {
        var block = new byte[Edge * Edge];
        Array.Fill(block, padding);
        for (var row = y * Edge; row < Math.Min(height, (y + 1) * Edge); row++)
        {
            var count = Math.Min(Edge, width - (x * Edge));
            pixels.AsSpan((row * width) + (x * Edge), count).CopyTo(block.AsSpan((row - (y * Edge)) * Edge));
        }

        return block;
    }

    // Runs and noise, as masks have them.
    private static byte[] Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[width * height];
        for (var i = 0; i < pixels.Length;)
        {
            var end = Math.Min(pixels.Length, i + random.Next(1, 60));
            pixels.AsSpan(i, end - i).Fill((byte)random.Next(256));
            i = end;
        }

        return pixels;
    }

    private static byte[] EverySecond(byte[] pixels, int width, int height)
    {
        var (w, h) = ((width + 1) / 2, (height + 1) / 2);
        return [.. from y in Enumerable.Range(0, h) from x in Enumerable.Range(
            0, w) select pixels[(2 * y * width) + (2 * x)]];
    }
}
