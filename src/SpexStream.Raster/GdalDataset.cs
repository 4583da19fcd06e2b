using System.Runtime.InteropServices;
using SpexStream.Domain.Imagery;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>An open GDAL dataset; closed on dispose.</summary>
internal sealed unsafe class GdalDataset : SafeHandle
{
    public GdalDataset(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    public nint Handle => handle;

    public static GdalDataset OpenRaster(string path, IReadOnlyCollection<string> drivers)
    {
        using var allowed = new CStringList(drivers);
        Cpl.ErrorReset();
        var handle = Gdal.OpenEx(path, Gdal.OpenRaster | Gdal.OpenVerboseError, allowed.Pointer, null, null);
        return handle != 0
            ? new GdalDataset(handle)
            : throw new RasterException(
                path, null, $"{Cpl.LastError()} (drivers allowed: {string.Join(", ", drivers)}).");
    }

    /// <summary>Creates a dataset with a driver by name.</summary>
    public static GdalDataset Create(
        string driver, string path, int width, int height, int bands, int type, IReadOnlyCollection<string> options)
    {
        var driverHandle = Gdal.DriverByName(driver);
        if (driverHandle == 0)
        {
            throw new RasterException(path, null, $"this GDAL has no driver '{driver}'.");
        }

        using var list = new CStringList(options);
        Cpl.ErrorReset();
        var handle = Gdal.Create(driverHandle, path, width, height, bands, type, list.Pointer);
        return handle != 0 ? new GdalDataset(handle) : throw new RasterException(path, null, Cpl.LastError());
    }

    /// <summary>Closes a dataset that was written to. What was not on the disk yet is written now, and GDAL tells of a
    /// full disk through the thread's last error only.</summary>
    /// <param name="path">The file as its caller knows it.</param>
    /// <exception cref="RasterException">It could not be written to its end.</exception>
    public void Finish(string path)
    {
        Cpl.ErrorReset();
        Dispose();
        if (Cpl.LastErrorType() >= Cpl.Failure)
        {
            throw new RasterException(path, null, Cpl.LastError());
        }
    }

    protected override bool ReleaseHandle()
    {
        Gdal.Close(handle);
        return true;
    }
}
