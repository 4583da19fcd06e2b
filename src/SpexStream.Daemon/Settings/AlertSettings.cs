using SpexStream.Daemon.Composition;
using SpexStream.Messaging.Rules;

namespace SpexStream.Daemon.Settings;

/// <summary>Checks what alerts are judged by before anything starts.</summary>
internal static class AlertSettings
{
    private const string None = "none";

    /// <summary>Every mistake, and every fault of the rules and of their areas.</summary>
    public static IEnumerable<string> Check(RunSettings settings) => RuleFaults(settings).Concat(
        settings.SecondOpinion is BackendName.Spectral or None ? []
            : [SettingWords.Mistake(nameof(settings.SecondOpinion), settings.SecondOpinion)]);

    private static IEnumerable<string> RuleFaults(RunSettings settings) =>
        settings.Rules is not { } path || RulesFile.Read(path).Faults is not { IsEmpty: false } faults ? []
        : faults.Select(fault => $"rules: {fault}").Prepend(SettingWords.Mistake(nameof(settings.Rules), path));
}
