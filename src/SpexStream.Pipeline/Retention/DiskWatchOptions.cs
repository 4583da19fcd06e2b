namespace SpexStream.Pipeline.Retention;

/// <summary>How much room there shall be, and whom to tell when there is not.</summary>
public sealed record DiskWatchOptions
{
    /// <summary>Free bytes below which no strip is taken; 0 for no floor.</summary>
    public required long MinFreeBytes { get; init; }

    /// <summary>Free bytes below which housekeeping is called for; 0 for never.</summary>
    public required long KeepFreeBytes { get; init; }

    /// <summary>Measures the free bytes below a folder.</summary>
    public Func<string, long> FreeBytes { get; init; } = DiskUse.FreeBytes;

    /// <summary>Told why no strip is taken from now on, or null when they are again.</summary>
    public Action<string?> OnChange { get; init; } = _ => { };

    /// <summary>Told that room is short, now and every half minute while it is.</summary>
    public Action OnShort { get; init; } = () => { };
}
