namespace SpexStream.Domain.Devices;

/// <summary>
/// Which tiles of a scene with a deadline the model leaves to the spectral backend: those that it cannot finish in
/// time, the least urgent first. Nothing is skipped: such a tile is marked and done again by the model in a later
/// revision.
/// </summary>
public static class DeadlineRule
{
    /// <summary>How many of the tiles that wait the model can finish before the deadline.</summary>
    /// <param name="now">The time.</param>
    /// <param name="deadline">When the scene's answer is due.</param>
    /// <param name="pace">How fast the model is; unknown, it may have all.</param>
    /// <param name="devices">Devices that serve.</param>
    /// <param name="waiting">Tiles that wait for the model, those in front of this scene included.</param>
    public static int Affordable(DateTimeOffset now, DateTimeOffset deadline, Pace pace, int devices, int waiting)
    {
        if (pace.TileSeconds <= 0)
        {
            return devices > 0 ? waiting : 0;
        }

        var left = (deadline - now).TotalSeconds;
        return left <= 0 ? 0 : (int)Math.Min(waiting, Math.Floor(left / pace.TileSeconds) * devices);
    }
}
