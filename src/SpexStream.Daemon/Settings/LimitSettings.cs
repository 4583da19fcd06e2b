using System.Collections.Frozen;

namespace SpexStream.Daemon.Settings;

/// <summary>The settings of deadlines, and of buffers that follow from no other setting.</summary>
internal static class LimitSettings
{
    private static readonly FrozenDictionary<string, (double Least, double Most)> Ranges =
        new Dictionary<string, (double, double)>
        {
            [nameof(RunSettings.ReadTimeoutSeconds)] = (1, 3600),
            [nameof(RunSettings.MaxHungReads)] = (1, 64),
            [nameof(RunSettings.BatchTiles)] = (1, 256),
            [nameof(RunSettings.BatchMilliseconds)] = (0, 10_000),
            [nameof(RunSettings.DeviceThreads)] = (1, 1024),
            [nameof(RunSettings.ModelSeconds)] = (0, 86_400),
            [nameof(RunSettings.SilentMinutes)] = (0, 1440),
            [nameof(RunSettings.StallSeconds)] = (10, 86_400),
            // The alert on silence waits for three of the longest.
            [nameof(RunSettings.CanarySeconds)] = (0, 60),
            [nameof(RunSettings.OpeningThreads)] = (1, 64),
            [nameof(RunSettings.PendingStrips)] = (1, 65_535),
            [nameof(RunSettings.SceneTiles)] = (1, 4096),
            [nameof(RunSettings.ResultMebibytes)] = (1, 65_536),
            [nameof(RunSettings.PixelPoolMebibytes)] = (1, 65_536),
            [nameof(RunSettings.PublishWindow)] = (1, 256),
            [nameof(RunSettings.RelayMessages)] = (16, 1_000_000),
            [nameof(RunSettings.JournalWrites)] = (16, 1_000_000),
            [nameof(RunSettings.LeaseSeconds)] = (2, 600),
            [nameof(RunSettings.CatchUpHours)] = (0, 720),
            [nameof(RunSettings.CatchUpGraceSeconds)] = (1, 3600),
        }.ToFrozenDictionary();

    /// <summary>What each takes, in words.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Words => Ranges.Select(
        range =>
            KeyValuePair.Create(range.Key, FormattableString.Invariant($"{range.Value.Least} to {range.Value.Most}")));

    /// <summary>Every mistake, as <see cref="RunSettingsRules.Check"/> tells them.</summary>
    public static IEnumerable<string> Check(RunSettings settings)
    {
        (string Key, double Value)[] numbers =
        [
            (nameof(settings.ReadTimeoutSeconds), settings.ReadTimeoutSeconds),
            (nameof(settings.MaxHungReads), settings.MaxHungReads),
            (nameof(settings.BatchTiles), settings.BatchTiles),
            (nameof(settings.BatchMilliseconds), settings.BatchMilliseconds),
            (nameof(settings.DeviceThreads), settings.DeviceThreads),
            (nameof(settings.ModelSeconds), settings.ModelSeconds),
            (nameof(settings.SilentMinutes), settings.SilentMinutes),
            (nameof(settings.StallSeconds), settings.StallSeconds),
            (nameof(settings.CanarySeconds), settings.CanarySeconds),
            (nameof(settings.OpeningThreads), settings.OpeningThreads),
            (nameof(settings.PendingStrips), settings.PendingStrips),
            (nameof(settings.SceneTiles), settings.SceneTiles),
            (nameof(settings.ResultMebibytes), settings.ResultMebibytes),
            (nameof(settings.PixelPoolMebibytes), settings.PixelPoolMebibytes),
            (nameof(settings.PublishWindow), settings.PublishWindow),
            (nameof(settings.RelayMessages), settings.RelayMessages),
            (nameof(settings.JournalWrites), settings.JournalWrites),
            (nameof(settings.LeaseSeconds), settings.LeaseSeconds),
            (nameof(settings.CatchUpHours), settings.CatchUpHours),
            (nameof(settings.CatchUpGraceSeconds), settings.CatchUpGraceSeconds),
        ];
        return numbers.Where(
            number => !(number.Value >= Ranges[number.Key].Least && number.Value <= Ranges[number.Key].Most))
            .Select(number => SettingWords.Mistake(number.Key, number.Value));
    }
}
