using System.Globalization;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Domain.Reliability;

/// <summary>
/// Makes a device of this process slower without computing: it stands still for a time per tile before it answers a
/// batch, as a processor does that waits for a card. So several nodes on one machine show how they share work, and not
/// how they share its cores. For tests and measurements only: unless armed, asking costs a comparison. Safe for use
/// from several threads.
/// </summary>
public static class DeviceDelay
{
    /// <summary>What <see cref="TryArm"/> takes.</summary>
    public const string Rule = "DEVICE,MILLISECONDS with MILLISECONDS from 1 to 60000";

    private const int MostMilliseconds = 60_000;
    private static volatile Armed? _armed;

    /// <summary>Arms it, before any work begins.</summary>
    /// <param name="text">DEVICE,MILLISECONDS: how long the device stands still for each tile of a batch.</param>
    /// <returns>False when the text is not that; then nothing is armed.</returns>
    public static bool TryArm(string text)
    {
        var parts = text.Split(',');
        if (parts.Length != 2 || !DeviceName.TryParse(parts[0], out var device)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds is < 1 or > MostMilliseconds)
        {
            return false;
        }

        _armed = new(device, TimeSpan.FromMilliseconds(milliseconds));
        return true;
    }

    /// <summary>How long a device stands still before it computes a batch; zero unless it was armed.</summary>
    /// <param name="device">The device.</param>
    /// <param name="tiles">Tiles in the batch.</param>
    public static TimeSpan Of(DeviceName device, int tiles) =>
        _armed is { } armed && armed.Device == device ? tiles * armed.PerTile : TimeSpan.Zero;

    private sealed record Armed(DeviceName Device, TimeSpan PerTile);
}
