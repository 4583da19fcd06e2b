using System.Reflection;
using System.Runtime.InteropServices;
using SpexStream.Domain.Imagery;

namespace SpexStream.Raster.Native;

/// <summary>
/// Finds libgdal, checks its version and sets it up once per process. The binding uses functions that GDAL has kept
/// since 3.4; newer majors are tried, older ones refused.
/// </summary>
internal static unsafe class GdalLibrary
{
    /// <summary>The name every import uses; resolved to the real file here.</summary>
    public const string Name = "gdal";

    private const int OldestMajor = 3;
    private const int OldestMinor = 4;

    // Which of the two was built in (switch SpexGdal). The package's files are used or none: a system's libgdal in
    // their stead would be a silent fall-back.
#if SPEX_MAXREV
    private const string Remedy = "the files of MaxRev.Gdal.Universal must lie below the program";
    private static readonly PackagedGdal? Packaged =
        PackagedGdal.Find(AppContext.BaseDirectory, PackagedGdal.Platform);
    private static readonly string[] Candidates = Packaged is { } files ? [files.Library] : [];
#else
    private const string Remedy = "install it (Debian: apt-get install libgdal32)";
    private static PackagedGdal? Packaged => null;

    private static readonly string[] Candidates =
    [
        "libgdal.so.32", "libgdal.so.36", "libgdal.so.35", "libgdal.so.34", "libgdal.so.33", "libgdal.so.31",
        "libgdal.so.30", "libgdal.so", "gdal.dll", "libgdal.dylib",
    ];
#endif

    private static readonly Lazy<string> Loaded = new(Load);
    private static nint _handle;

    /// <summary>Version of the loaded library ("3.6.2"). The first call loads and registers the drivers.</summary>
    /// <exception cref="RasterException">No libgdal, or one that is too old.</exception>
    public static string EnsureLoaded() => Loaded.Value;

    private static string Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(GdalLibrary).Assembly, Resolve);
        string version;
        try
        {
            version = Cpl.Text(Gdal.VersionInfo("RELEASE_NAME"));
        }
        catch (DllNotFoundException missing)
        {
            throw new RasterException(
                "libgdal", null, $"GDAL's library was not found; {Remedy}.", missing);
        }

        var parts = version.Split('.');
        if (parts.Length < 2 || !int.TryParse(parts[0], out var major) || !int.TryParse(parts[1], out var minor)
            || (major, minor).CompareTo((OldestMajor, OldestMinor)) < 0)
        {
            throw new RasterException(
                "libgdal", null, $"version {version} is too old; {OldestMajor}.{OldestMinor} or newer is needed.");
        }

        Packaged?.Use();

        // Errors are taken from the thread's last error and become exceptions; nothing is printed by the library.
        Cpl.SetErrorHandler(NativeLibrary.GetExport(_handle, "CPLQuietErrorHandler"));
        Gdal.AllRegister();
        return version;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
        {
            return 0;
        }

        foreach (var candidate in Candidates)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out _handle))
            {
                return _handle;
            }
        }

        return 0;
    }
}
