using System.Runtime.InteropServices;

namespace SpexStream.Raster.Native;

/// <summary>
/// Where the package MaxRev.Gdal.Universal puts its files below a program: natives under runtimes/RID/native, or beside
/// the program when it was published for one RID; the data of GDAL and PROJ in folders of their own near them.
/// </summary>
/// <param name="Library">libgdal itself; what it needs lies beside it.</param>
/// <param name="GdalData">Folder for GDAL_DATA, or null.</param>
/// <param name="ProjData">Folder of proj.db, or null.</param>
internal sealed record PackagedGdal(string Library, string? GdalData, string? ProjData)
{
    private const string GdalFolder = "gdal-data";
    private const string ProjFolder = "maxrev.gdal.core.libshared";

    /// <summary>The RID of this process; that of the system may name a distribution.</summary>
    public static string Platform { get; } =
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + (RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64");

    /// <summary>Looks below a folder; null when there is no packaged libgdal.</summary>
    public static PackagedGdal? Find(string program, string rid)
    {
        var native = Path.Combine(program, "runtimes", rid, "native");
        var any = Path.Combine(program, "runtimes", "any", "native");
        string[] places = [native, program];
        var library = places.Where(Directory.Exists).SelectMany(Libraries).FirstOrDefault();
        return library is null ? null : new PackagedGdal(
            library,
            First([native, any, program], GdalFolder, file: null),
            First([native, any, program], ProjFolder, "proj.db"));
    }

    /// <summary>Tells GDAL and PROJ, once libgdal is loaded. The environment would not do: what .NET sets there does
    /// not reach native code.</summary>
    public unsafe void Use()
    {
        if (GdalData is not null)
        {
            Cpl.SetConfigOption("GDAL_DATA", GdalData);
        }

        if (ProjData is not null)
        {
            var path = Marshal.StringToCoTaskMemUTF8(ProjData);
            try
            {
                byte*[] paths = [(byte*)path, null];
                fixed (byte** list = paths)
                {
                    Osr.SetProjSearchPaths(list);
                }
            }
            finally
            {
                Marshal.FreeCoTaskMem(path);
            }
        }
    }

    // The name with the version of the interface is the file; others are links to it or do not exist.
    private static IEnumerable<string> Libraries(string folder) => Directory.EnumerateFiles(folder, "libgdal.so*")
        .OrderByDescending(path => Path.GetFileName(path).Length).ThenBy(path => path, StringComparer.Ordinal);

    private static string? First(string[] places, string folder, string? file) => places
        .Select(place => Path.Combine(place, folder))
        .FirstOrDefault(path => file is null ? Directory.Exists(path) : File.Exists(Path.Combine(path, file)));
}
