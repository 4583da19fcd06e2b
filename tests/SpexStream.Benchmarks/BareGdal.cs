using System.Runtime.InteropServices;

namespace SpexStream.Benchmarks;

/// <summary>GDAL's C functions as a bare loop would call them, without anything of ours in between.</summary>
internal static unsafe partial class BareGdal
{
    private const string Library = "libgdal.so.32";

    [LibraryImport(Library, EntryPoint = "GDALAllRegister")]
    public static partial void Register();

    [LibraryImport(Library, EntryPoint = "GDALOpen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Open(string path, int update);

    [LibraryImport(Library, EntryPoint = "GDALClose")]
    public static partial void Close(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterXSize")]
    public static partial int Width(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterYSize")]
    public static partial int Height(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterCount")]
    public static partial int Bands(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALDatasetRasterIO")]
    public static partial int RasterIo(
        nint dataset, int write, int column, int row, int width, int height, void* target, int targetWidth,
        int targetHeight, int type, int bands, int* bandNumbers, int pixelBytes, int lineBytes, int bandBytes);
}
