namespace SpexStream.Domain.Retention;

/// <summary>How long things are kept. An age of null keeps a class for ever, whatever room is left.</summary>
public sealed record RetentionRules
{
    /// <summary>Age of what nobody finished. Never shortened for lack of room: a younger one may still be written
    /// to.</summary>
    public TimeSpan OrphanAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Age of rasters in the spool.</summary>
    public TimeSpan? SpoolAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Age of work folders.</summary>
    public TimeSpan? WorkAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Age of products that do not stand any more.</summary>
    public TimeSpan? SupersededAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Age of products that stand.</summary>
    public TimeSpan? ProductAge { get; init; }

    /// <summary>Age of the facts of scenes of which no file is left.</summary>
    public TimeSpan? FactsAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether products that stand may be deleted before their age, where nothing else makes room.</summary>
    public bool ProductsMakeRoom { get; init; }

    /// <summary>Bytes that shall be free on every volume; 0 for no such wish.</summary>
    public long KeepFreeBytes { get; init; } = 1L << 30;

    /// <summary>Deletions of one plan, at most; at least 1.</summary>
    public int MaxDeletions { get; init; } = 256;

    /// <summary>From which age a class is deleted; null for never.</summary>
    public TimeSpan? AgeOf(RetentionClass value) => value switch
    {
        RetentionClass.Orphan => OrphanAge,
        RetentionClass.Spool => SpoolAge,
        RetentionClass.Work => WorkAge,
        RetentionClass.Superseded => SupersededAge,
        RetentionClass.Product => ProductAge,
        RetentionClass.Facts => FactsAge,
        _ => null,
    };

    /// <summary>Whether a class may be deleted before its age when room is short.</summary>
    public bool MakesRoom(RetentionClass value) => AgeOf(value) is not null && value switch
    {
        RetentionClass.Spool or RetentionClass.Work or RetentionClass.Superseded => true,
        RetentionClass.Product => ProductsMakeRoom,
        _ => false,
    };
}
