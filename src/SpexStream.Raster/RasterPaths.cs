using SpexStream.Domain.Imagery;
using SpexStream.Raster.Native;

namespace SpexStream.Raster;

/// <summary>Which paths may reach GDAL at all.</summary>
internal static class RasterPaths
{
    /// <summary>Refuses what may not or cannot be a raster, before GDAL opens it.</summary>
    /// <exception cref="RasterException">A path of a virtual file system, or anything but a regular file.</exception>
    public static void Check(string path, RasterOptions options)
    {
        if (path.StartsWith("/vsimem/", StringComparison.Ordinal))
        {
            return;
        }

        var virtualPath = path.StartsWith("/vsi", StringComparison.Ordinal)
            || path.Contains("://", StringComparison.Ordinal)
            || path.Contains(":/vsi", StringComparison.Ordinal);
        if (virtualPath && !options.AllowNetwork)
        {
            throw new RasterException(
                path, null, "paths of virtual or network file systems are not allowed by the configuration.");
        }

        if (!virtualPath && Fault(path) is { } fault)
        {
            throw new RasterException(path, null, fault);
        }
    }

    private static string? Fault(string path) => FileStatus.Of(path) switch
    {
        FileKind.Regular => null,
        FileKind.Folder => "this is a folder, not a file; name the raster in it.",
        FileKind.Pipe => "this is a pipe, not a file; write what comes out of it into a file and name that.",
        FileKind.Socket => "this is a socket, not a file; name a file.",
        FileKind.Device => "this is a device, not a file; copy the raster from it into a file and name that.",
        FileKind.Hidden => "this user may not look into the folder it lies in; check the folders' permissions.",
        _ => File.Exists(path) ? null : "there is no such file.",
    };
}
