using Xunit;

namespace SpexStream.IntegrationTests.Support;

/// <summary>A test with a real broker on a real scene; skipped, with the reason, where one of the two is missing.
/// Scenes lie in ../shared/data beside the repository, or below the folder that SPEX_SHARED names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresRealSceneFactAttribute : FactAttribute
{
    public RequiresRealSceneFactAttribute(string scene)
    {
        if (MosquittoBroker.Executable is null)
        {
            Skip = "mosquitto is not installed (looked in the usual bin and sbin folders)";
        }
        else if (!File.Exists(RasterOf(scene)))
        {
            Skip = $"no {RasterOf(scene)} (SPEX_SHARED names another place than ../shared)";
        }
    }

    /// <summary>The raster of a scene.</summary>
    public static string RasterOf(string scene) => Path.Combine(Shared(), "data", scene, "image.tif");

    private static string Shared()
    {
#pragma warning disable RS0030 // A test has no other edge at which it could be told.
        if (Environment.GetEnvironmentVariable("SPEX_SHARED") is { } named)
#pragma warning restore RS0030
        {
            return named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SpexStream.sln")))
        {
            folder = folder.Parent;
        }

        return Path.GetFullPath(Path.Combine(folder!.FullName, "../shared"));
    }
}
