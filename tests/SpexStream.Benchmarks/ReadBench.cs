using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Ports.Raster;
using SpexStream.Raster;

namespace SpexStream.Benchmarks;

/// <summary>
/// read FILE bare|both: reads all bands of a 16-bit raster, in windows of 512 x 512, on two threads with a handle each.
/// bare: by a GDALDatasetRasterIO loop, once, opening included; both: that loop and SpexStream's reader A-B-A-B, with
/// handles opened before.
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
        if (arguments[1] == "bare")
        {
            Json.Print(("bare_seconds", Rounds.Once(() => ReadBare(Handles(path)))));
            return;
        }

        var handles = Handles(path);
        var opening = Rounds.Once(() => store.Open(path).Dispose());
        var readers = Enumerable.Range(0, Threads).Select(_ => store.Open(path)).ToArray();
        var seconds = Rounds.Interleave(5, () => ReadBare(handles), () => ReadByStore(readers));
        Array.ForEach(handles, BareGdal.Close);
        Array.ForEach(readers, reader => reader.Dispose());
        Json.Print(("bare_seconds", seconds[0]), ("store_seconds", seconds[1]), ("opening_seconds", opening));
    }

    private static nint[] Handles(string path) => [.. Enumerable.Range(0, Threads).Select(_ => BareGdal.Open(path, 0))];

    private static void ReadBare(nint[] handles)
    {
        var next = -1;
        OnThreads(thread =>
        {
            var dataset = handles[thread];
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
                    throw new InvalidOperationException($"GDAL cannot read {window}.");
                }
            }

            NativeMemory.AlignedFree(buffer);
        });
    }

    private static void ReadByStore(IRasterReader[] readers)
    {
        var next = -1;
        OnThreads(thread =>
        {
            var info = readers[thread].Info;
            var edge = new PixelWindow(0, 0, Edge, Edge);
            ImmutableArray<int> bands = [.. Enumerable.Range(0, info.Bands.Length)];
            using var planes = new PixelPlanes(edge, edge, bands.Length, PixelType.UInt16);
            while (Window(Interlocked.Increment(ref next), info.Width, info.Height) is { IsEmpty: false } window)
            {
                readers[thread].Read(window, bands, planes, 0, 0);
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

    private static void OnThreads(Action<int> work)
    {
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() => work(number))).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
