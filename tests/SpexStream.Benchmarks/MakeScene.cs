using System.Globalization;
using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Synthesis;

namespace SpexStream.Benchmarks;

/// <summary>
/// make-scene FILE SIDE: the first four bands of a made scene (blue, green, red, nir) as raw band-sequential samples,
/// with the ENVI header by which GDAL reads them.
/// </summary>
internal static class MakeScene
{
    private const int Bands = 4;
    private const int BlockRows = 128;

    public static void Run(string[] arguments)
    {
        var path = arguments[0];
        var side = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var scene = SyntheticScene.Create(new SynthesisOptions { Width = side, Height = side });
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            Parallel.For(0, (side + BlockRows - 1) / BlockRows, block =>
            {
                var rows = Math.Min(BlockRows, side - (block * BlockRows));
                var window = new PixelWindow(0, block * BlockRows, side, rows);
                var samples = new ushort[SyntheticScene.BandCount * window.Area];
                scene.Fill(window, samples, new byte[window.Area]);
                for (var band = 0; band < Bands; band++)
                {
                    var plane = samples.AsSpan((int)(band * window.Area), (int)window.Area);
                    var offset = (((long)band * side) + window.Row) * side * sizeof(ushort);
                    RandomAccess.Write(file, MemoryMarshal.AsBytes(plane), offset);
                }
            });
        }

        File.WriteAllText(path + ".hdr", Header(side));
        Json.Print(
            ("side", side), ("bands", Bands), ("epsg", SyntheticScene.EpsgCode),
            ("west", scene.Grid.OriginX), ("north", scene.Grid.OriginY), ("pixel_size", scene.Options.PixelSizeMetres));
    }

    private static string Header(int side) => string.Create(
        CultureInfo.InvariantCulture,
        $"ENVI\nsamples = {side}\nlines = {side}\nbands = {Bands}\nheader offset = 0\nfile type = ENVI Standard\n"
        + $"data type = 12\ninterleave = bsq\nbyte order = 0\nband names = {{blue, green, red, nir}}\n");
}
