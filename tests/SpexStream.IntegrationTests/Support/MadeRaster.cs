using SpexStream.Domain.Grid;
using SpexStream.Domain.Synthesis;
using SpexStream.Raster;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A made scene of six calibrated bands as a file.</summary>
public sealed class MadeRaster : IDisposable
{
    public const int Width = 700;
    public const int Height = 600;

    public MadeRaster()
    {
        var scene = SyntheticScene.Create(new() { Seed = 7, Width = Width, Height = Height, Strips = 1 });
        var (samples, truth) = (new ushort[SyntheticScene.BandCount * Width * Height], new byte[Width * Height]);
        scene.Fill(scene.Window, samples, truth);
        GeoTiffWriter.Write<ushort>(
            Path, Width, Height, samples, scene.Grid,
                new GdalCoordinateTransforms().Parse($"EPSG:{SyntheticScene.EpsgCode}"), 0);
    }

    /// <summary>A folder for whatever the tests write.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("spex-daemon-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "made.tif");

    /// <summary>What the command line must say of the file.</summary>
    public static IReadOnlyList<string> Options { get; } =
        ["--bands", "blue,green,red,nir,swir16,swir22", "--scale", "0.0001", "--radiometry", "sr", "--platform",
            "sat-1", "--sensor", "msi"];

    /// <summary>A new folder below <see cref="Folder"/>.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Folder, name)).FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
