namespace SpexStream.Domain.Announcements;

/// <summary>
/// Why an announcement is refused. The slug of a reason is a topic level and a metric label: a value may be added, but
/// none may change its meaning.
/// </summary>
public enum RejectionReason
{
    /// <summary>The payload is no JSON object: broken, too deep, a name twice, or not UTF-8.</summary>
    NotJson,

    /// <summary>A required field is absent or null.</summary>
    MissingField,

    /// <summary>A field has the wrong type, or a value outside of its range.</summary>
    BadField,

    /// <summary>Sensing ends before it starts.</summary>
    EndBeforeStart,

    /// <summary>Fewer than two bands have a name that a rule can use.</summary>
    TooFewBands,

    /// <summary>The number of announced bands is not that of the raster. Found when the header is read.</summary>
    BandCount,

    /// <summary>The raster is missing, or its header cannot be read. Found when the file is opened.</summary>
    Unreadable,

    /// <summary>The bytes do not have the announced checksum.</summary>
    ChecksumMismatch,

    /// <summary>The file does not have the announced size.</summary>
    SizeMismatch,

    /// <summary>Sensing ended longer ago than the station accepts.</summary>
    TooOld,

    /// <summary>Sensing lies further in the future than clocks may differ.</summary>
    FromFuture,

    /// <summary>The strip does not lie on its scene's grid, or nothing says where it lies.</summary>
    OffGrid,

    /// <summary>The data lie outside the allowed folders, or behind a scheme that is not enabled.</summary>
    OutsideRoots,

    /// <summary>The message, the raster or a list in the announcement is larger than the station accepts.</summary>
    TooLarge,
}
