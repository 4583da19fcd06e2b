using System.Reflection;

namespace SpexStream.Daemon;

/// <summary>What this build is.</summary>
internal static class SpexInfo
{
    /// <summary>Version of the program.</summary>
    public static string Version { get; } = typeof(SpexInfo).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The build switches and their values, as they were compiled in.</summary>
    public static IReadOnlyList<(string Name, string Value)> Switches { get; } =
    [
        .. typeof(SpexInfo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(attribute => attribute.Key.StartsWith("Spex", StringComparison.Ordinal))
            .Select(attribute => (attribute.Key, attribute.Value ?? string.Empty))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal),
    ];
}
