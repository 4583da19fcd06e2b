using SpexStream.Messaging.Rules;

namespace SpexStream.Daemon.Settings;

/// <summary>Checks the alert rules before anything starts.</summary>
internal static class AlertSettings
{
    /// <summary>Every fault of the rules and of their areas.</summary>
    public static IEnumerable<string> Check(RunSettings settings) =>
        settings.Rules is not { } path || RulesFile.Read(path).Faults is not { IsEmpty: false } faults ? []
        : faults.Select(fault => $"rules: {fault}").Prepend(SettingWords.Mistake(nameof(settings.Rules), path));
}
