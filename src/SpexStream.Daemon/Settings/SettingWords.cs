using System.Globalization;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Identity;

namespace SpexStream.Daemon.Settings;

/// <summary>What each setting takes, in the words of help and of error messages.</summary>
internal static class SettingWords
{
    private const string Flag = "true or false";
    private const string Folder = "a folder that can be written to";
    private const string Name = "a name";

    private static readonly Dictionary<string, string> Words = new(LimitSettings.Words.Concat(ClusterSettings.Words))
    {
        [nameof(RunSettings.Broker)] = BrokerAddress.Rule,
        [nameof(RunSettings.User)] = Name,
        [nameof(RunSettings.Password)] = "a text",
        [nameof(RunSettings.PasswordFile)] = "a file that can be read",
        [nameof(RunSettings.Journal)] = JournalAddress.Rule,
        [nameof(RunSettings.JournalPassword)] = "a text",
        [nameof(RunSettings.JournalPasswordFile)] = "a file that can be read",
        [nameof(RunSettings.Share)] = TopicLevel.Rule,
        [nameof(RunSettings.ShareTiles)] = Flag,
        [nameof(RunSettings.CaFile)] = PemFiles.Certificates,
        [nameof(RunSettings.CertificateFile)] = PemFiles.Certificates,
        [nameof(RunSettings.KeyFile)] = PemFiles.Key,
        [nameof(RunSettings.Station)] = TopicLevel.Rule,
        [nameof(RunSettings.Node)] = TopicLevel.Rule,
        [nameof(RunSettings.Data)] = Folder,
        [nameof(RunSettings.Out)] = Folder,
        [nameof(RunSettings.Allow)] = "a folder that exists",
        [nameof(RunSettings.Http)] = "a port from 0 to 65535",
        [nameof(RunSettings.HttpAddress)] = "an IP address",
        [nameof(RunSettings.Console)] = Flag,
        [nameof(RunSettings.ConsoleTokenFile)] = "a file that holds 16 characters or more",
        [nameof(RunSettings.Devices)] = "cpu:N or cuda:N with N from 0 to 1023, comma separated, each once",
        [nameof(RunSettings.Backend)] = BackendName.Rule,
        [nameof(RunSettings.Instruction)] = CommonOptions.InstructionWords,
        [nameof(RunSettings.DeviceFallback)] = "none or cpu",
        [nameof(RunSettings.Classes)] = CommonOptions.ClassWords,
        [nameof(RunSettings.Products)] = CommonOptions.ProductWords,
        [nameof(RunSettings.Tile)] = CommonOptions.TileSizes,
        [nameof(RunSettings.GatherMinutes)] = "more than 0 and at most 1440",
        [nameof(RunSettings.LateGraceSeconds)] = "0 to 86400",
        [nameof(RunSettings.MaxDataAgeHours)] = "0 to 87600",
        [nameof(RunSettings.ReceiveMaximum)] = "1 to 65535",
        [nameof(RunSettings.HoldMebibytes)] = "66 to 65536",
        [nameof(RunSettings.MaxOpenScenes)] = "1 to 4096",
        [nameof(RunSettings.MaxReadyTiles)] = "64 to 10000000",
        [nameof(RunSettings.PixelCacheMebibytes)] = "1 to 65536",
        [nameof(RunSettings.OutboxCapacity)] = "16 to 10000000",
        [nameof(RunSettings.StopSeconds)] = "0 to 3600",
        [nameof(RunSettings.MinFreeMebibytes)] = "0 to 1073741824",
        [nameof(RunSettings.KeepFreeMebibytes)] = "0 to 1073741824",
        [nameof(RunSettings.RetentionMinutes)] = "0.1 to 1440",
        [nameof(RunSettings.SupersededHours)] = RetentionSettings.Hours,
        [nameof(RunSettings.WorkHours)] = RetentionSettings.Hours,
        [nameof(RunSettings.SpoolHours)] = RetentionSettings.Hours,
        [nameof(RunSettings.ProductHours)] = RetentionSettings.Hours,
        [nameof(RunSettings.ProductsMakeRoom)] = Flag,
        [nameof(RunSettings.FactsDays)] = "0 to 36500",
        [nameof(RunSettings.StructuredEvents)] = Flag,
        [nameof(RunSettings.OgcTypes)] = Flag,
        [nameof(RunSettings.Commands)] = Flag,
        [nameof(RunSettings.Rules)] = "a file of alert rules without faults",
        [nameof(RunSettings.SecondOpinion)] = "spectral or none",
        [nameof(RunSettings.AlertsActual)] = Flag,
        [nameof(RunSettings.JsonLog)] = Flag,
    };

    /// <summary>What a setting takes.</summary>
    public static string Of(string key) => Words[key];

    /// <summary>Whether it is switched on or off.</summary>
    public static bool IsFlag(string key) => Of(key) == Flag;

    /// <summary>A mistake in one line.</summary>
    public static string Mistake(string key, object? value, string? expected = null)
    {
        var name = char.ToLowerInvariant(key[0]) + key[1..];
        return value is null
            ? $"{name} is missing: {expected ?? Of(key)}"
            : string.Create(CultureInfo.InvariantCulture, $"{name} is '{value}': expected {expected ?? Of(key)}");
    }
}
