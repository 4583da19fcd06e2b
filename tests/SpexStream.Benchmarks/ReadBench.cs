using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>
/// read FILE bare|store|both: reads all bands of a 16-bit raster once, in windows of 512 x 512, on two threads with a
/// handle each: by a bare GDALDatasetRasterIO loop, or by SpexStream's raster store. Single ways run once in a fresh
/// process; "both" compares them A-B-A-B.
/// </summary>
internal static unsafe class ReadBench
{
    private const int Edge = 512;
    private const int Threads = 2;
    private const int UInt16Type = 2;

    public static void Run(string[] arguments)
    {
        var path = arguments[0];
        var store = new GdalRasterStore(new RasterOptions());
        BareGdal.Register();
        var (bare, ours) = arguments[1] switch
        {
            "bare" => (Rounds.Once(() => Bare(path)), 0.0),
            "store" => (0.0, Rounds.Once(() => Store(store, path))),
            _ => Both(store, path),
        };
        Json.Print(("bare_seconds", bare), ("store_seconds", ours), ("gdal", store.LibraryVersion));
    }

    private static (double Bare, double Store) Both(GdalRasterStore store, string path)
    {
        var seconds = Rounds.Interleave(5, () => Bare(path), () => Store(store, path));
        return (seconds[0], seconds[1]);
    }

    private static void Bare(string path)
    {
        var next = -1;
        OnThreads(() =>
        {
            var dataset = BareGdal.Open(path, 0);
            var (width, height, bands) = (BareGdal.Width(dataset), BareGdal.Height(dataset), BareGdal.Bands(dataset));
            var planeBytes = Edge * Edge * sizeof(ushort);
            var buffer = NativeMemory.AlignedAlloc((nuint)(planeBytes * bands), 64);
            var numbers = stackalloc int[bands];
            for (var band = 0; band < bands; band++)
            {
                numbers[band] = band + 1;
            }

            while (Window(Interlocked.Increment(ref next), width, height) is { IsEmpty: false } window)
            {
                var error = BareGdal.RasterIo(
                    dataset, 0, window.Column, window.Row, window.Width, window.Height, buffer, window.Width,
                    window.Height, UInt16Type, bands, numbers, sizeof(ushort), Edge * sizeof(ushort), planeBytes);
                if (error != 0)
                {
                    throw new InvalidOperationException($"{path}: GDAL cannot read {window}.");
                }
            }

            NativeMemory.AlignedFree(buffer);
            BareGdal.Close(dataset);
        });
    }

    private static void Store(GdalRasterStore store, string path)
    {
        var next = -1;
        OnThreads(() =>
        {
            using var reader = store.Open(path);
            var info = reader.Info;
            var edge = new PixelWindow(0, 0, Edge, Edge);
            using var planes = new PixelPlanes(edge, edge, info.Bands.Length, PixelType.UInt16);
            while (Window(Interlocked.Increment(ref next), info.Width, info.Height) is { IsEmpty: false } window)
            {
                reader.Read(window, [.. Enumerable.Range(0, info.Bands.Length)], planes, 0, 0);
            }
        });
    }

    private static PixelWindow Window(int number, int width, int height)
    {
        var across = (width + Edge - 1) / Edge;
        var row = number / across * Edge;
        return row >= height
            ? default
            : new PixelWindow(number % across * Edge, row, Edge, Edge).Intersect(new(0, 0, width, height));
    }

    private static void OnThreads(Action work)
    {
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() => work())).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
