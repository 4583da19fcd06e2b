namespace SpexStream.Domain.Regions;

/// <summary>
/// Where a tile's component belongs, as one number: another component (0 and up), an open region's slot, a closed
/// region, or nowhere, because its region was dropped.
/// </summary>
internal readonly record struct NodeLink(int Value)
{
    public static NodeLink Dropped { get; } = new(-1);

    public bool IsParent => Value >= 0;

    public bool IsClosed => Value < -1 && (Value & 1) == 0;

    /// <summary>The slot of an open region; -1 if it is none.</summary>
    public int Slot => Value < -1 && (Value & 1) != 0 ? (~Value >> 1) - 1 : -1;

    /// <summary>The closed region; -1 when dropped.</summary>
    public int Region => IsClosed ? ~Value >> 1 : -1;

    public static NodeLink ToParent(int node) => new(node);

    public static NodeLink ToSlot(int slot) => new(~((slot + 1) << 1));

    public static NodeLink ToRegion(int region) => new(~((region << 1) | 1));
}
