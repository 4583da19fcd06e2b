using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Composition;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Spie;

namespace SpexStream.Daemon.Settings;

/// <summary>Checks settings; finds all mistakes, not only the first.</summary>
internal static class RunSettingsRules
{
    private const int MostOfSharedName = 95;
    private static readonly string[] DataFolders = ["work", "spool", "devices"];

    /// <summary>Whether the class that an instruction asks for is told. What is no instruction, or no list of classes,
    /// is another mistake.</summary>
    public static bool IsAmong(string? classes, string? instruction) =>
        classes is null || instruction is null || SpieInstruction.ClassOf(instruction) is not { } asked
        || classes.Split(',').Contains(asked.Slug());

    /// <summary>Every mistake, each with the setting's name and what is expected; empty when all is well.</summary>
    public static IReadOnlyList<string> Check(RunSettings settings)
    {
        var mistakes = new List<string>();
        Expect(BrokerAddress.TryParse(settings.Broker, out _), nameof(settings.Broker), settings.Broker);
        Expect(StationId.TryParse(settings.Station, out _), nameof(settings.Station), settings.Station);
        Expect(settings.Node is null || TopicLevel.IsValid(settings.Node), nameof(settings.Node), settings.Node);
        CheckFolders();
        Expect(JournalAddress.IsValid(settings.Journal), nameof(settings.Journal),
            JournalAddress.Shown(settings.Journal));
        CheckShare();
        Expect(settings.Http is >= 0 and <= 65535, nameof(settings.Http), settings.Http);
        Expect(System.Net.IPAddress.TryParse(settings.HttpAddress, out _), nameof(settings.HttpAddress),
            settings.HttpAddress);
        Expect(settings.ConsoleTokenFile is null || TokenFile.IsValid(settings.ConsoleTokenFile),
            nameof(settings.ConsoleTokenFile), settings.ConsoleTokenFile);
        Expect(DeviceList.TryParse(settings.Devices, out _), nameof(settings.Devices), settings.Devices);
        Expect(BackendName.IsValid(settings.Backend), nameof(settings.Backend), settings.Backend);
        Expect(settings.Instruction is null || SpieInstruction.Fault(settings.Instruction) is null,
            nameof(settings.Instruction), settings.Instruction);
        Expect(IsAmong(settings.Classes, settings.Instruction), nameof(settings.Instruction), settings.Instruction,
            "a sentence that asks for one of the classes");
        Expect(settings.DeviceFallback is "none" or "cpu", nameof(settings.DeviceFallback), settings.DeviceFallback);
        Expect(settings.Backend != BackendName.Spectral
            || !(settings.Devices ?? "").Contains("cuda:", StringComparison.Ordinal),
            nameof(settings.Devices), settings.Devices, "cpu:N only, for the spectral backend works on the processor");
        Expect(settings.Classes is null
            || settings.Classes.Split(',').All(name => LandCoverClasses.FromSlug(name) is not null),
            nameof(settings.Classes), settings.Classes);
        Expect(settings.Products is null || CommonOptions.ParseProducts(settings.Products) is not null,
            nameof(settings.Products), settings.Products);
        Expect(TileGrid.IsTileSize(settings.Tile), nameof(settings.Tile), settings.Tile);
        Expect(settings.GatherMinutes is > 0 and <= 1440, nameof(settings.GatherMinutes), settings.GatherMinutes);
        Expect(settings.LateGraceSeconds is >= 0 and <= 86_400, nameof(settings.LateGraceSeconds),
            settings.LateGraceSeconds);
        Expect(settings.MaxDataAgeHours is >= 0 and <= 87600, nameof(settings.MaxDataAgeHours),
            settings.MaxDataAgeHours);
        Expect(settings.ReceiveMaximum is >= 1 and <= 65535, nameof(settings.ReceiveMaximum), settings.ReceiveMaximum);
        Expect(settings.HoldMebibytes is >= 66 and <= 65536, nameof(settings.HoldMebibytes), settings.HoldMebibytes);
        Expect(settings.MaxOpenScenes is >= 1 and <= 4096, nameof(settings.MaxOpenScenes), settings.MaxOpenScenes);
        Expect(settings.MaxReadyTiles is >= 64 and <= 10_000_000, nameof(settings.MaxReadyTiles),
            settings.MaxReadyTiles);
        Expect(settings.PixelCacheMebibytes is >= 1 and <= 65536, nameof(settings.PixelCacheMebibytes),
            settings.PixelCacheMebibytes);
        Expect(settings.OutboxCapacity is >= 16 and <= 10_000_000, nameof(settings.OutboxCapacity),
            settings.OutboxCapacity);
        Expect(settings.StopSeconds is >= 0 and <= 3600, nameof(settings.StopSeconds), settings.StopSeconds);
        mistakes.AddRange(LimitSettings.Check(settings));
        mistakes.AddRange(ClusterSettings.Check(settings));
        Expect(settings.MaxReadyTiles >= settings.PendingStrips, nameof(settings.MaxReadyTiles), settings.MaxReadyTiles,
            "at least as many as pendingStrips");
        mistakes.AddRange(RetentionSettings.Check(settings));
        mistakes.AddRange(AlertSettings.Check(settings));
        CheckAccess();
        return mistakes;

        void CheckFolders()
        {
            Expect(IsWritable(settings.Data), nameof(settings.Data), settings.Data);
            foreach (var part in DataParts(settings.Data).Where(part => !IsWritable(part)))
            {
                Expect(false, nameof(settings.Data), part);
            }

            Expect(IsWritable(settings.Out), nameof(settings.Out), settings.Out);
            Expect(settings.Allow.Length > 0, nameof(settings.Allow), null,
                "at least one folder that announced rasters may lie in");
            foreach (var folder in settings.Allow)
            {
                Expect(Directory.Exists(folder), nameof(settings.Allow), folder);
            }

            Expect(!settings.Allow.Any(folder => Contains(folder, settings.Out)), nameof(settings.Out), settings.Out,
                "a folder outside of every --allow folder, so that products are never taken for input");
            Expect(!Contains(settings.Out, settings.Data), nameof(settings.Out), settings.Out,
                "a folder that neither is --data nor holds it, for a scene may have any name");
        }

        void CheckShare()
        {
            Expect(
                settings.Share is null || TopicLevel.IsValid(settings.Share), nameof(settings.Share), settings.Share);
            Expect(settings.Share is null || settings.Journal != JournalAddress.Embedded, nameof(settings.Share),
                settings.Share, "no value while journal is embedded: nodes that share need one journal (postgres://)");
            Expect(settings.Journal == JournalAddress.Embedded || settings.Node is not { Length: > MostOfSharedName },
                nameof(settings.Node), settings.Node, "at most 95 characters where nodes share a journal");
        }

        void CheckAccess()
        {
            Expect(settings.User is not "", nameof(settings.User), settings.User);
            Expect(settings.Password is null || settings.PasswordFile is null,
                nameof(settings.PasswordFile), settings.PasswordFile, "not both a password and its file");
            Expect(settings.PasswordFile is null || IsReadable(settings.PasswordFile),
                nameof(settings.PasswordFile), settings.PasswordFile);
            Expect(settings.JournalPassword is null || settings.JournalPasswordFile is null,
                nameof(settings.JournalPasswordFile), settings.JournalPasswordFile, "not both a password and its file");
            Expect(settings.JournalPasswordFile is null || IsReadable(settings.JournalPasswordFile),
                nameof(settings.JournalPasswordFile), settings.JournalPasswordFile);
            Expect(settings.CaFile is null || PemFiles.HasCertificates(settings.CaFile),
                nameof(settings.CaFile), settings.CaFile);
            Expect(settings.CertificateFile is null || PemFiles.HasCertificates(settings.CertificateFile),
                nameof(settings.CertificateFile), settings.CertificateFile);
            Expect((settings.CertificateFile is null) == (settings.KeyFile is null),
                nameof(settings.KeyFile), settings.KeyFile, "certificate and key together");
            Expect(settings.CertificateFile is not { } certificate || settings.KeyFile is not { } key
                || PemFiles.IsPair(certificate, key),
                nameof(settings.KeyFile), settings.KeyFile);
        }

        void Expect(bool holds, string key, object? value, string? expected = null)
        {
            if (!holds)
            {
                mistakes.Add(SettingWords.Mistake(key, value, expected));
            }
        }
    }

    // A pipe, as a shell makes one of a command's output, can be read once only, and that is not now.
    private static bool IsReadable(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return false;
        }

        var file = new FileInfo(path);
        if (!file.Exists || file.Length == 0)
        {
            return file.Exists;
        }

        try
        {
            using var opened = file.OpenRead();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The answer is no; the mistake is told with the others.
            return false;
        }
    }

    // An empty path is a mistake of its own.
    private static bool Contains(string? folder, string? inner)
    {
        if (string.IsNullOrWhiteSpace(folder) || string.IsNullOrWhiteSpace(inner))
        {
            return false;
        }

        var (outer, path) = (Path.GetFullPath(folder).TrimEnd('/') + "/", Path.GetFullPath(inner).TrimEnd('/') + "/");
        return path.StartsWith(outer, StringComparison.Ordinal);
    }

    // The folders of an earlier run, where somebody else may have done something since; missing ones are made later.
    private static IEnumerable<string> DataParts(string? data) => string.IsNullOrWhiteSpace(data) ? []
        : DataFolders.Select(name => Path.Combine(data, name)).Where(Path.Exists);

    // The folder, or what of the way to it is there: it is made when nothing is wrong, for a start that is refused
    // leaves nothing behind.
    private static string NearestOf(string folder)
    {
        var path = Path.GetFullPath(folder);
        while (!Path.Exists(path))
        {
            path = Path.GetDirectoryName(path)!;
        }

        return path;
    }

    private static bool IsWritable(string? folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            return false;
        }

        try
        {
            var probe = Path.Combine(NearestOf(folder), $".probe-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The answer is no; the mistake is told with the others.
            return false;
        }
    }
}
