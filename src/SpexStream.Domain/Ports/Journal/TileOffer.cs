namespace SpexStream.Domain.Ports.Journal;

/// <summary>Work on a tile that any node may do.</summary>
/// <param name="Number">What the answer rests on, as text of at most 64 characters: the same number has the same
/// answer, whoever works it and under whatever epoch.</param>
/// <param name="Order">What to do, at most <see cref="MaxBytes"/>; a descriptor, never pixels.</param>
public sealed record TileOffer(string Number, ReadOnlyMemory<byte> Order)
{
    /// <summary>Most bytes of an order, and of a result; larger ones go by the work folder.</summary>
    public const int MaxBytes = 64 << 10;

    /// <summary>How often work may be claimed in vain.</summary>
    public const int MaxAttempts = 3;
}
