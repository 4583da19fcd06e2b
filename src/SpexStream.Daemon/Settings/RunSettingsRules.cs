using SpexStream.Daemon.Commands;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Identity;
using SpexStream.Domain.LandCover;

namespace SpexStream.Daemon.Settings;

/// <summary>Checks settings; finds all mistakes, not only the first.</summary>
internal static class RunSettingsRules
{
    /// <summary>Every mistake, each with the setting's name and what is expected; empty when all is well.</summary>
    public static IReadOnlyList<string> Check(RunSettings settings)
    {
        var mistakes = new List<string>();
        Expect(BrokerAddress.TryParse(settings.Broker, out _), "broker", settings.Broker, "mqtt://HOST:PORT or mqtts://HOST:PORT");
        Expect(StationId.TryParse(settings.Station, out _), "station", settings.Station, TopicLevel.Rule);
        Expect(settings.Node is null || TopicLevel.IsValid(settings.Node), "node", settings.Node, TopicLevel.Rule);
        Expect(IsWritable(settings.Data), "data", settings.Data, "a folder that can be written to");
        Expect(IsWritable(settings.Out), "out", settings.Out, "a folder that can be written to");
        Expect(settings.Allow.Length > 0, "allow", null, "at least one folder that announced rasters may lie in");
        foreach (var folder in settings.Allow)
        {
            Expect(Directory.Exists(folder), "allow", folder, "a folder that exists");
        }

        Expect(settings.Out is null || !settings.Allow.Any(folder => Contains(folder, settings.Out)), "out", settings.Out,
            "a folder outside of every --allow folder, so that products are never taken for input");
        Expect(settings.Http is >= 0 and <= 65535, "http", settings.Http, "a port, 0 to 65535");
        Expect(System.Net.IPAddress.TryParse(settings.HttpAddress, out _), "httpAddress", settings.HttpAddress, "an IP address");
        Expect(DeviceList.TryParse(settings.Devices, out _), "devices", settings.Devices, "cpu:N, comma separated, each once");
        Expect(settings.Classes is null || settings.Classes.Split(',').All(name => LandCoverClasses.FromSlug(name) is not null),
            "classes", settings.Classes, "water, vegetation, buildings");
        Expect(settings.Products is null || CommonOptions.ParseProducts(settings.Products) is not null,
            "products", settings.Products, "masks, confidence, diagnostics, regions, browse");
        Expect(TileGrid.IsTileSize(settings.Tile), "tile", settings.Tile, "a power of two from 64 to 4096");
        Expect(settings.GatherMinutes is > 0 and <= 1440, "gatherMinutes", settings.GatherMinutes, "more than 0, at most 1440");
        Expect(settings.MaxDataAgeHours is >= 0 and <= 87600, "maxDataAgeHours", settings.MaxDataAgeHours, "0 to 87600");
        Expect(settings.ReceiveMaximum is >= 1 and <= 65535, "receiveMaximum", settings.ReceiveMaximum, "1 to 65535");
        Expect(settings.HoldMebibytes is >= 66 and <= 65536, "holdMebibytes", settings.HoldMebibytes, "66 to 65536");
        Expect(settings.MaxOpenScenes is >= 1 and <= 4096, "maxOpenScenes", settings.MaxOpenScenes, "1 to 4096");
        Expect(settings.MaxReadyTiles is >= 64 and <= 10_000_000, "maxReadyTiles", settings.MaxReadyTiles, "64 to 10000000");
        Expect(settings.PixelCacheMebibytes is >= 1 and <= 65536, "pixelCacheMebibytes", settings.PixelCacheMebibytes, "1 to 65536");
        Expect(settings.OutboxCapacity is >= 16 and <= 10_000_000, "outboxCapacity", settings.OutboxCapacity, "16 to 10000000");
        Expect(settings.StopSeconds is >= 0 and <= 3600, "stopSeconds", settings.StopSeconds, "0 to 3600");
        Expect(settings.Password is null || settings.PasswordFile is null, "passwordFile", settings.PasswordFile, "not both a password and its file");
        Expect((settings.CertificateFile is null) == (settings.KeyFile is null), "keyFile", settings.KeyFile, "certificate and key together");
        foreach (var (name, file) in new[]
        {
            ("passwordFile", settings.PasswordFile), ("caFile", settings.CaFile),
            ("certificateFile", settings.CertificateFile), ("keyFile", settings.KeyFile),
        })
        {
            Expect(file is null || File.Exists(file), name, file, "a file that exists");
        }

        return mistakes;

        void Expect(bool holds, string name, object? value, string expected)
        {
            if (!holds)
            {
                mistakes.Add(value is null ? $"{name} is missing: {expected}" : $"{name} is '{value}': expected {expected}");
            }
        }
    }

    private static bool Contains(string folder, string inner)
    {
        var (outer, path) = (Path.GetFullPath(folder).TrimEnd('/') + "/", Path.GetFullPath(inner).TrimEnd('/') + "/");
        return path.StartsWith(outer, StringComparison.Ordinal);
    }

    private static bool IsWritable(string? folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            return false;
        }

        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
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
