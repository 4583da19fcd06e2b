using SpexStream.Raster.Native;
using Xunit;

namespace SpexStream.Tests.Raster;

/// <summary>The layouts in which the packaged natives come; the files themselves are empty.</summary>
public sealed class PackagedGdalTests : IDisposable
{
    private readonly string _program = Directory.CreateTempSubdirectory("packaged").FullName;

    public void Dispose() => Directory.Delete(_program, recursive: true);

    [Fact]
    public void Below_a_portable_program_library_and_data_are_found_by_platform()
    {
        var library = Touch("runtimes/linux-x64/native/libgdal.so.38");
        Touch("runtimes/linux-arm64/native/libgdal.so.38");
        Touch("runtimes/any/native/gdal-data/gdalvrt.xsd");
        Touch("runtimes/linux-x64/native/maxrev.gdal.core.libshared/proj.db");

        var found = PackagedGdal.Find(_program, "linux-x64");

        Assert.Equal(
            new PackagedGdal(
                library, Inside("runtimes/any/native/gdal-data"),
                Inside("runtimes/linux-x64/native/maxrev.gdal.core.libshared")), found);
    }

    [Fact]
    public void Beside_a_program_published_for_one_platform_they_are_found_too()
    {
        var library = Touch("libgdal.so.38");
        Touch("gdal-data/gdalvrt.xsd");
        Touch("maxrev.gdal.core.libshared/proj.db");

        Assert.Equal(
            new PackagedGdal(library, Inside("gdal-data"), Inside("maxrev.gdal.core.libshared")),
            PackagedGdal.Find(_program, "linux-x64"));
    }

    [Fact]
    public void A_folder_without_the_projection_database_is_not_taken_for_it()
    {
        Touch("libgdal.so.38");
        Touch("maxrev.gdal.core.libshared/other.tif");
        Assert.Null(PackagedGdal.Find(_program, "linux-x64")!.ProjData);
    }

    [Fact]
    public void Without_a_packaged_library_nothing_is_found()
    {
        Touch("gdal-data/gdalvrt.xsd");
        Assert.Null(PackagedGdal.Find(_program, "linux-x64"));
    }

    private string Inside(string path) => Path.Combine([_program, .. path.Split('/')]);

    private string Touch(string path)
    {
        var file = Inside(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, []);
        return file;
    }
}
