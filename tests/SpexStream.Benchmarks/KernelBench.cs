using System.Globalization;
using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spectral;

namespace SpexStream.Benchmarks;

/// <summary>
/// kernel SCENE SIDE: the index kernel (green and nir to a mask) against memcpy and against its plain loop, on whole
/// planes of the scene, which are far larger than the caches; and what the backend's full rules take per pixel. One
/// thread.
/// </summary>
internal static unsafe class KernelBench
{
    private const int Bands = 4;
    private const int Green = 1;
    private const int Nir = 3;
    private const int Tile = 512;
    private const int Halo = 2;
    private const int Loops = 4;

    public static void Run(string[] arguments)
    {
        var side = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var samples = MemoryMarshal.Cast<byte, ushort>(File.ReadAllBytes(arguments[0])).ToArray();
        var pixels = side * side;
        var mask = new byte[pixels];
        var copy = new ushort[pixels];
        ReadOnlySpan<ushort> Plane(int band) => samples.AsSpan(band * pixels, pixels);

        var seconds = Rounds.Interleave(
            9,
            () => Repeat(() => Plane(Green).CopyTo(copy)),
            () => Repeat(() => IndexThresholdKernel.Apply(Plane(Green), Plane(Nir), 0.1, mask)));
        var scalar = Rounds.Interleave(
            3, () => IndexThresholdKernel.ApplyScalar(Plane(Green), Plane(Nir), 0.1, copy.AsBytes()));
        if (!copy.AsBytes()[..pixels].SequenceEqual(mask))
        {
            throw new InvalidOperationException("The kernel and its plain loop differ.");
        }

        var (copying, kernel) = (seconds[0] / Loops, seconds[1] / Loops);
        Json.Print(
            ("memcpy_bytes_per_second", 2.0 * sizeof(ushort) * pixels / copying),
            ("kernel_bytes_per_second", ((2.0 * sizeof(ushort)) + 1) * pixels / kernel),
            ("kernel_pixels_per_second", pixels / kernel),
            ("scalar_pixels_per_second", pixels / scalar[0]),
            ("backend_pixels_per_second", Backend(samples, side)));
    }

    private static Span<byte> AsBytes(this ushort[] values) => MemoryMarshal.AsBytes(values.AsSpan());

    // Several passes a round, so that a page fault or a timer tick does not decide it.
    private static void Repeat(Action pass)
    {
        for (var i = 0; i < Loops; i++)
        {
            pass();
        }
    }

    private static double Backend(ushort[] samples, int side)
    {
        var imagery = new SceneImagery(
            new BandSet(["blue", "green", "red", "nir"]),
            PixelType.UInt16,
            Radiometry.Uniform(Bands, 0.0001, 0, RadiometryLevel.SurfaceReflectance),
            [.. Enumerable.Repeat<double?>(0, Bands)],
            10);
        var backend = new SpectralBackend(imagery, new SpectralOptions
        {
            Classes = [LandCoverClass.Water, LandCoverClass.Vegetation],
            Outputs = SpectralOutputs.Confidence | SpectralOutputs.Indices,
        });
        using var evidence = new TileEvidence(Tile);
        var tiles = new List<PixelPlanes>();
        for (var column = 0; column + Tile <= side; column += Tile)
        {
            tiles.Add(Cut(samples, side, column, side / 2 / Tile * Tile));
        }

        var seconds = Rounds.Interleave(
            9, () => tiles.ForEach(tile => backend.Classify(tile, backend.InitialFindings, evidence)));
        var pixels = (double)tiles.Count * Tile * Tile;
        tiles.ForEach(tile => tile.Dispose());
        return pixels / seconds[0];
    }

    private static PixelPlanes Cut(ushort[] samples, int side, int column, int row)
    {
        var core = new PixelWindow(column, row, Tile, Tile);
        var planes = new PixelPlanes(core.Grow(Halo), core, Bands, PixelType.UInt16)
        {
            Covered = core.Grow(Halo).Intersect(new(0, 0, side, side)),
        };
        var covered = planes.Covered;
        for (var band = 0; band < Bands; band++)
        {
            for (var y = covered.Row; y < covered.Bottom; y++)
            {
                var from = samples.AsSpan((((band * side) + y) * side) + covered.Column, covered.Width);
                from.CopyTo(
                    planes.RowSpan<ushort>(band, y - planes.Window.Row)[(covered.Column - planes.Window.Column)..]);
            }
        }

        return planes;
    }
}
