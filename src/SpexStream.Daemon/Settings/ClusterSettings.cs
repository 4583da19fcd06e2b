using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Daemon.Composition;

namespace SpexStream.Daemon.Settings;

/// <summary>The settings of the runtime, and of the cluster that Akka.NET makes.</summary>
internal static class ClusterSettings
{
    /// <summary>The role of nodes that hold scenes.</summary>
    public const string Scenes = "scenes";

    /// <summary>The role of nodes that only take strips.</summary>
    public const string Ingest = "ingest";

    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries;

    /// <summary>What each takes, in words.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        [nameof(RunSettings.Runtime)] = RuntimeName.Rule,
        [nameof(RunSettings.ClusterHost)] = "a host name or an IP address",
        [nameof(RunSettings.ClusterPort)] = "a port from 0 to 65535",
        [nameof(RunSettings.ClusterSeeds)] = "HOST:PORT, comma separated, each once",
        [nameof(RunSettings.ClusterRoles)] = "scenes or ingest, comma separated, each once",
    };

    /// <summary>Every mistake, as <see cref="RunSettingsRules.Check"/> tells them.</summary>
    public static IEnumerable<string> Check(RunSettings settings)
    {
        (bool Holds, string Key, object? Value, string? Expected)[] rules =
        [
            (settings.Runtime is RuntimeName.Local or RuntimeName.Akka, nameof(settings.Runtime), settings.Runtime,
                null),
            (settings.Runtime != RuntimeName.Akka || RuntimeName.IsBuilt(settings.Runtime), nameof(settings.Runtime),
                settings.Runtime, "local, for this build is without Akka.NET (SpexActors=akka)"),
            (IsHost(settings.ClusterHost), nameof(settings.ClusterHost), settings.ClusterHost, null),
            (settings.ClusterPort is >= 0 and <= 65535, nameof(settings.ClusterPort), settings.ClusterPort, null),
            (settings.ClusterSeeds is null || AreOnce(settings.ClusterSeeds, IsSeed), nameof(settings.ClusterSeeds),
                settings.ClusterSeeds, null),
            (settings.ClusterSeeds is null || settings.ClusterPort != 0, nameof(settings.ClusterPort),
                settings.ClusterPort, "a port that other nodes find again, for there are clusterSeeds"),
            (settings.ClusterSeeds is null || settings.Journal != JournalAddress.Embedded,
                nameof(settings.ClusterSeeds),
                settings.ClusterSeeds,
                "no value while journal is embedded: nodes of a cluster need one journal (postgres://)"),
            (AreOnce(settings.ClusterRoles, role => role is Scenes or Ingest), nameof(settings.ClusterRoles),
                settings.ClusterRoles, null),
            (settings.ClusterSeeds is not null || Parts(settings.ClusterRoles).Contains(Scenes),
                nameof(settings.ClusterRoles), settings.ClusterRoles,
                    "scenes, for a node that is alone has to hold them"),
        ];
        return rules.Where(rule => !rule.Holds).DistinctBy(rule => rule.Key)
            .Select(rule => SettingWords.Mistake(rule.Key, rule.Value, rule.Expected));
    }

    /// <summary>The parts of a list that was checked.</summary>
    public static ImmutableArray<string> Parts(string? list) =>
        list is null ? [] : [.. list.Split(',', Trimmed)];

    private static bool AreOnce(string? list, Func<string, bool> isRight) =>
        list is not null && Parts(list) is var parts && parts.Distinct().Count() == parts.Length && parts.All(isRight);

    private static bool IsHost(string? host) =>
        host is not null && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4;

    private static bool IsSeed(string seed) => seed.Split(':') is [var host, var port] && IsHost(host)
        && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= 65535;
}
