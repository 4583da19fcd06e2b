using SpexStream.Domain.Retention;

namespace SpexStream.Daemon.Settings;

/// <summary>The settings of what is kept how long, and of the room on the disks.</summary>
internal static class RetentionSettings
{
    /// <summary>What an age in hours takes.</summary>
    public const string Hours = "0 to 876000";

    private const int MostMebibytes = 1 << 30;
    private const double MostHours = 876_000;

    /// <summary>Every mistake, as <see cref="RunSettingsRules.Check"/> tells them.</summary>
    public static IEnumerable<string> Check(RunSettings settings)
    {
        (string Key, double Value, double Least, double Most)[] numbers =
        [
            (nameof(settings.MinFreeMebibytes), settings.MinFreeMebibytes, 0, MostMebibytes),
            (nameof(settings.KeepFreeMebibytes), settings.KeepFreeMebibytes, 0, MostMebibytes),
            (nameof(settings.RetentionMinutes), settings.RetentionMinutes, 0.1, 1440),
            (nameof(settings.SupersededHours), settings.SupersededHours, 0, MostHours),
            (nameof(settings.WorkHours), settings.WorkHours, 0, MostHours),
            (nameof(settings.SpoolHours), settings.SpoolHours, 0, MostHours),
            (nameof(settings.ProductHours), settings.ProductHours, 0, MostHours),
            (nameof(settings.FactsDays), settings.FactsDays, 0, 36_500),
        ];
        return numbers.Where(number => !(number.Value >= number.Least && number.Value <= number.Most))
            .Select(number => SettingWords.Mistake(number.Key, number.Value));
    }

    /// <summary>The rules that the settings make.</summary>
    public static RetentionRules Rules(RunSettings settings) => new()
    {
        SupersededAge = Age(TimeSpan.FromHours(settings.SupersededHours)),
        WorkAge = Age(TimeSpan.FromHours(settings.WorkHours)),
        SpoolAge = Age(TimeSpan.FromHours(settings.SpoolHours)),
        ProductAge = Age(TimeSpan.FromHours(settings.ProductHours)),
        FactsAge = Age(TimeSpan.FromDays(settings.FactsDays)),
        ProductsMakeRoom = settings.ProductsMakeRoom,
        // Room is made for strips, too: they wait until a tenth more than their floor is free.
        KeepFreeBytes = Math.Max((long)settings.KeepFreeMebibytes << 20, new RoomLevel(MinFree(settings)).EnoughBytes),
    };

    /// <summary>Free bytes below which no strip is taken.</summary>
    public static long MinFree(RunSettings settings) => (long)settings.MinFreeMebibytes << 20;

    private static TimeSpan? Age(TimeSpan age) => age > TimeSpan.Zero ? age : null;
}
