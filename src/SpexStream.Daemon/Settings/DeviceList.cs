using System.Collections.Immutable;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Daemon.Settings;

/// <summary>Reads a list of devices.</summary>
internal static class DeviceList
{
    /// <summary>Reads "cpu:0,cuda:1"; false for unknown kinds and doubles.</summary>
    public static bool TryParse(string? text, out ImmutableArray<string> devices)
    {
        devices = [.. (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries)];
        return devices.Distinct().Count() == devices.Length && devices.All(IsDevice);
    }

    /// <summary>Reads a list that was checked before.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<string> Parse(string text) =>
        TryParse(text, out var devices) ? devices : throw new FormatException($"'{text}' is no list of devices.");

    private static bool IsDevice(string device) => DeviceName.TryParse(device, out _);
}
