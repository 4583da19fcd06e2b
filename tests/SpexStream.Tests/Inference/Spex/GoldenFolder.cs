using SpexStream.Tests.SharedScenes;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>Where recorded results of the original lie.</summary>
internal static class GoldenFolder
{
    private static readonly string Folder =
        Path.Combine(Path.GetDirectoryName(RequiresSharedDataFactAttribute.Folder)!, "goldens");

    /// <summary>Why nothing can be compared; null where the files are.</summary>
    public static string? Missing => Directory.Exists(Folder)
        ? null
        : $"no recorded results in {Folder} (SPEX_SHARED names another place)";

    public static string Description(string name) => Path.Combine(Folder, name + ".json");
}
