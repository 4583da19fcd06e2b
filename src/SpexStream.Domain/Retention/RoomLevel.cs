namespace SpexStream.Domain.Retention;

/// <summary>
/// Whether a disk has room for new work. Once it had too little, a tenth more than the floor has to be free before work
/// is taken again: a disk at the floor would else let strips in one by one.
/// </summary>
/// <param name="FloorBytes">Free bytes below which nothing new is begun; 0 for no floor.</param>
/// <param name="IsLow">Whether there is too little at present.</param>
public sealed record RoomLevel(long FloorBytes, bool IsLow = false)
{
    /// <summary>Free bytes from which work is taken again.</summary>
    public long EnoughBytes => FloorBytes + (FloorBytes / 10);

    /// <summary>The level after another look at the disk.</summary>
    public RoomLevel With(long freeBytes) => this with { IsLow = freeBytes < (IsLow ? EnoughBytes : FloorBytes) };
}
