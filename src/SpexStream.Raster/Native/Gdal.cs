using System.Runtime.InteropServices;

namespace SpexStream.Raster.Native;

/// <summary>GDAL's raster functions (gdal.h), one line each, with the names of the C API.</summary>
internal static unsafe partial class Gdal
{
    public const uint OpenRaster = 0x02;
    public const uint OpenVerboseError = 0x40;
    public const int ReadFlag = 0;
    public const int WriteFlag = 1;

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALAllRegister")]
    public static partial void AllRegister();

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALVersionInfo", StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* VersionInfo(string request);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALSetCacheMax64")]
    public static partial void SetCacheMax(long bytes);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALOpenEx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OpenEx(string path, uint flags, byte** drivers, byte** options, byte** siblings);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALClose")]
    public static partial void Close(nint dataset);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetRasterXSize")]
    public static partial int Width(nint dataset);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetRasterYSize")]
    public static partial int Height(nint dataset);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetRasterCount")]
    public static partial int BandCount(nint dataset);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetRasterBand")]
    public static partial nint Band(nint dataset, int band);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetRasterDataType")]
    public static partial int DataType(nint band);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetBlockSize")]
    public static partial void BlockSize(nint band, out int width, out int height);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetRasterNoDataValue")]
    public static partial double Nodata(nint band, out int exists);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetRasterScale")]
    public static partial double Scale(nint band, out int exists);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetRasterOffset")]
    public static partial double Offset(nint band, out int exists);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetDescription")]
    public static partial byte* Description(nint handle);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetGeoTransform")]
    public static partial int GeoTransform(nint dataset, double* six);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALSetGeoTransform")]
    public static partial int SetGeoTransform(nint dataset, double* six);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetSpatialRef")]
    public static partial nint SpatialRef(nint dataset);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALSetSpatialRef")]
    public static partial int SetSpatialRef(nint dataset, nint reference);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetDatasetDriver")]
    public static partial nint DatasetDriver(nint dataset);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetDriverByName", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint DriverByName(string name);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetDriverShortName")]
    public static partial byte* DriverShortName(nint driver);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALCreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Create(
        nint driver, string path, int width, int height, int bands, int type, byte** options);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALCreateCopy", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateCopy(
        nint driver, string path, nint source, int strict, byte** options, nint progress, nint progressData);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALDatasetRasterIOEx")]
    public static partial int DatasetRasterIO(
        nint dataset, int flag, int x, int y, int width, int height, void* buffer, int bufferWidth, int bufferHeight,
        int type, int bandCount, int* bands, long pixelSpace, long lineSpace, long bandSpace, void* extra);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALSetRasterNoDataValue")]
    public static partial int SetNodata(nint band, double value);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALSetRasterScale")]
    public static partial int SetScale(nint band, double value);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALSetRasterOffset")]
    public static partial int SetOffset(nint band, double value);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALSetDescription", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetDescription(nint handle, string text);

    [LibraryImport(GdalLibrary.Name, EntryPoint = "GDALGetDriverCount")]
    public static partial int DriverCount();
}
