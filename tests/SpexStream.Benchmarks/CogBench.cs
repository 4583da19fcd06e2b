using System.Globalization;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Domain.Synthesis;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>cog MASK SIDE FILE: a raw mask in memory to a COG with overviews, on two threads.</summary>
internal static class CogBench
{
    private const int Repeats = 3;
    private const int Threads = 2;
    private const byte Nodata = 255;

    public static void Run(string[] arguments)
    {
        var mask = File.ReadAllBytes(arguments[0]);
        var side = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var scene = SyntheticScene.Create(new SynthesisOptions { Width = side, Height = side });
        var crs = new GdalCoordinateTransforms().Parse($"EPSG:{SyntheticScene.EpsgCode}");
        var format = new ByteRasterFormat(side, side, scene.Grid, crs, Nodata, Nodata);
        var writers = new GdalByteRasterWriters();
        var seconds = Rounds.Interleave(Repeats, () => Write(writers, arguments[2], format, mask));
        Json.Print(("seconds", seconds[0]), ("bytes", new FileInfo(arguments[2]).Length));
    }

    private static void Write(GdalByteRasterWriters writers, string path, ByteRasterFormat format, byte[] mask)
    {
        using var writer = writers.CreateCog(path, format);
        var size = writer.BlockSize;
        var across = (format.Width + size - 1) / size;
        var down = (format.Height + size - 1) / size;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Threads };
        Parallel.For(0, down, options, () => new byte[size * size], (blockY, _, block) =>
        {
            for (var blockX = 0; blockX < across; blockX++)
            {
                var window = new PixelWindow(blockX * size, blockY * size, size, size)
                    .Intersect(new(0, 0, format.Width, format.Height));
                Array.Fill(block, format.Padding);
                for (var row = 0; row < window.Height; row++)
                {
                    mask.AsSpan(((window.Row + row) * format.Width) + window.Column, window.Width)
                        .CopyTo(block.AsSpan(row * size));
                }

                writer.Write(blockX, blockY, block);
            }

            return block;
        }, _ => { });
        writer.Complete();
    }
}
