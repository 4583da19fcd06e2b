using System.Collections.Immutable;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Domain.Devices;

/// <summary>
/// Whether a tile is to blame for failures of devices that it lay on. A tile that breaks sessions must not go on for
/// ever to break those of others, while a device that is dead must not cost the tiles their model that met it again and
/// again. Immutable.
/// </summary>
/// <param name="Failures">On which device each failure was.</param>
public readonly record struct TileBlame(ImmutableArray<DeviceName> Failures)
{
    private const int MostFailures = 3;

    /// <summary>A tile that has met no failure.</summary>
    public static TileBlame None { get; } = new([]);

    /// <summary>The tile after one more failure.</summary>
    /// <param name="device">Where it lay.</param>
    public TileBlame After(DeviceName device) => new(Failures.Add(device));

    /// <summary>Whether no device shall take it any more: it met three failures, and not all on one device where
    /// others could have been at fault.</summary>
    /// <param name="devices">Devices there are, at least 1.</param>
    public bool IsProven(int devices) =>
        Failures.Length >= MostFailures && Failures.Distinct().Count() >= Math.Min(2, devices);
}
