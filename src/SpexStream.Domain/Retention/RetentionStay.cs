namespace SpexStream.Domain.Retention;

/// <summary>Something that stays.</summary>
/// <param name="Item">What.</param>
/// <param name="Hold">Why.</param>
public sealed record RetentionStay(RetentionItem Item, RetentionHold Hold);
