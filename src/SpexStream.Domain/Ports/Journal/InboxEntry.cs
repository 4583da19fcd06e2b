namespace SpexStream.Domain.Ports.Journal;

/// <summary>Something that waits for a scene's owner.</summary>
/// <param name="Key">Rises with the order of writing; never used twice.</param>
/// <param name="Node">Who accepted it.</param>
/// <param name="At">When, by that node's clock.</param>
/// <param name="Item">What it is.</param>
public sealed record InboxEntry(long Key, string Node, DateTimeOffset At, InboxItem Item);
