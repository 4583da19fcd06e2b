using SpexStream.Domain.Imagery;

namespace SpexStream.Domain.Scenes;

/// <summary>When a piece of work that failed is tried again.</summary>
public static class Retry
{
    /// <summary>How often a tile is tried before it is coded "no answer".</summary>
    public const int TileAttempts = 3;

    private static readonly TimeSpan FirstTileWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstHungWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstDiskWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDiskWait = TimeSpan.FromSeconds(30);

    /// <summary>Wait before a tile is tried again; null when it was tried often enough.</summary>
    /// <param name="attempts">How often it has failed, from 1.</param>
    /// <param name="fault">What went wrong: a disk that does not answer is given longer than one that says no.</param>
    public static TimeSpan? Tile(int attempts, Exception fault) => attempts >= TileAttempts ? null
        : (IsHung(fault) ? FirstHungWait : FirstTileWait) * Math.Pow(5, attempts - 1);

    /// <summary>Wait before products are written again; null when trying again will not help.</summary>
    /// <param name="attempts">How often writing has failed, from 1.</param>
    /// <param name="fault">What went wrong: a disk may have room again, a fault of ours stays.</param>
    public static TimeSpan? Products(int attempts, Exception fault) =>
        fault is IOException or UnauthorizedAccessException or RasterException ? Disk(attempts) : null;

    /// <summary>Wait before something is written again to a disk that would not take it.</summary>
    /// <param name="attempts">How often writing has failed, from 1.</param>
    public static TimeSpan Disk(int attempts)
    {
        var wait = FirstDiskWait * Math.Pow(2, Math.Min(attempts - 1, 16));
        return wait < LongestDiskWait ? wait : LongestDiskWait;
    }

    /// <summary>Wait before a file that does not answer is opened again; null when it was waited for long
    /// enough.</summary>
    /// <param name="attempts">How often it has not answered, from 1.</param>
    /// <param name="waited">Since the first attempt.</param>
    /// <param name="patience">For how long it is tried.</param>
    public static TimeSpan? Silent(int attempts, TimeSpan waited, TimeSpan patience)
    {
        var wait = FirstHungWait * Math.Pow(2, Math.Min(attempts - 1, 3));
        wait = wait < LongestDiskWait ? wait : LongestDiskWait;
        return waited + wait <= patience ? wait : null;
    }

    private static bool IsHung(Exception? fault) =>
        fault is TimeoutException || (fault is not null && IsHung(fault.InnerException));
}
