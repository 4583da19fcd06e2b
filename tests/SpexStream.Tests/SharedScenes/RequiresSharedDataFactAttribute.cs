using SpexStream.Tests.Architecture;
using Xunit;

namespace SpexStream.Tests.SharedScenes;

/// <summary>A test on real scenes; skipped, with the reason, where they are not at hand. They lie in ../shared/data
/// beside the repository, or below the folder that SPEX_SHARED names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresSharedDataFactAttribute : FactAttribute
{
    public RequiresSharedDataFactAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = $"no scenes in {Folder} (SPEX_SHARED names another place)";
        }
    }

    /// <summary>Folder of the scenes.</summary>
    public static string Folder { get; } = Path.Combine(
#pragma warning disable RS0030 // A test has no other edge at which it could be told.
        Environment.GetEnvironmentVariable("SPEX_SHARED")
#pragma warning restore RS0030
        ?? Path.GetFullPath(Path.Combine(Repository.Root, "../shared")),
        "data");
}
