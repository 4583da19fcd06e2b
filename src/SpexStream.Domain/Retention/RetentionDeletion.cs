namespace SpexStream.Domain.Retention;

/// <summary>Something to delete.</summary>
/// <param name="Item">What.</param>
/// <param name="Reason">Why.</param>
public sealed record RetentionDeletion(RetentionItem Item, RetentionReason Reason);
