namespace SpexStream.Domain.Devices;

/// <summary>How fast tiles get done, learned from those that were: an exponential mean of the time per tile.
/// Immutable.</summary>
/// <param name="TileSeconds">Seconds of one device's time per tile; 0 while nothing was measured.</param>
public readonly record struct Pace(double TileSeconds)
{
    // Twenty tiles or so of memory: a device that grows slow shows within one row of tiles.
    private const double Weight = 0.05;

    /// <summary>The pace after a batch.</summary>
    /// <param name="tiles">Tiles in it, at least 1.</param>
    /// <param name="seconds">Seconds that the device took for it.</param>
    public Pace After(int tiles, double seconds)
    {
        var perTile = seconds / tiles;
        var weight = 1 - Math.Pow(1 - Weight, tiles);
        return new(TileSeconds == 0 ? perTile : TileSeconds + (weight * (perTile - TileSeconds)));
    }

    /// <summary>How long until so many tiles are done by so many devices.</summary>
    public TimeSpan Forecast(int tiles, int devices) =>
        TimeSpan.FromSeconds(TileSeconds * Math.Ceiling(tiles / (double)Math.Max(devices, 1)));
}
