namespace SpexStream.Domain.Retention;

/// <summary>What a thing on the disk is good for, the least valuable first: in this order room is made.</summary>
public enum RetentionClass
{
    /// <summary>Left by a process that died: a file half written, a product that never became one.</summary>
    Orphan,

    /// <summary>A raster that came in its message, of a strip that is in a published product.</summary>
    Spool,

    /// <summary>Answers of a scene's tiles; a late strip costs all tiles without them.</summary>
    Work,

    /// <summary>A product that a newer revision replaced, or that was withdrawn.</summary>
    Superseded,

    /// <summary>The product that stands.</summary>
    Product,

    /// <summary>The facts of a closed scene in the journal; takes no room that could be given back.</summary>
    Facts,

    /// <summary>Something that the journal does not know; never deleted.</summary>
    Unknown,
}
