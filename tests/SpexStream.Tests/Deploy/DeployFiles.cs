using System.Text.RegularExpressions;
using SpexStream.Daemon.Settings;
using SpexStream.Tests.Architecture;

namespace SpexStream.Tests.Deploy;

/// <summary>The files that a station is set up with, and the settings that they name.</summary>
internal static partial class DeployFiles
{
    // Arguments of the image's build and of the compose file; no settings of the daemon.
    private static readonly string[] Others =
    [
        "SPEX_ACTORS", "SPEX_MQTT", "SPEX_METRICS", "SPEX_ORT", "SPEX_GDAL", "SPEX_CUDA", "SPEX_INCOMING", "SPEX_NAME",
    ];

    /// <summary>All of them, by their names in the repository.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Dockerfile",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*", SearchOption.AllDirectories)
            .Select(Repository.Name)
            // What make-secrets.py made is nobody's business.
            .Where(name => !name.StartsWith("deploy/secrets/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of one.</summary>
    public static string Text(string name) => File.ReadAllText(Path.Combine(Repository.Root, name));

    /// <summary>Names of settings in a file, as they stand in the environment.</summary>
    public static IEnumerable<string> SettingsIn(string name) => Variable().Matches(Text(name))
        .Select(match => match.Value.Split("__")[0]).Distinct().Except(Others);

    /// <summary>What a file gives a setting of the environment; nothing where it does not.</summary>
    public static IEnumerable<(string Name, string Value)> ValuesIn(string name) => Given().Matches(Text(name))
        .Where(match => SettingsIn(name).Contains(match.Groups[1].Value))
        .Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim('"')));

    /// <summary>The setting of that name; null for none.</summary>
    public static string? SettingOf(string variable) => typeof(RunSettings).GetProperties()
        .Select(property => property.Name)
        .SingleOrDefault(key => $"SPEX_{key}".Equals(variable, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\bSPEX_[A-Z0-9_]+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\s*(?:- )?(SPEX_[A-Z0-9]+)(?:=|: )([^\s,}]+)$", RegexOptions.Multiline)]
    private static partial Regex Given();
}
