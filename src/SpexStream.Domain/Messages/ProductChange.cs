namespace SpexStream.Domain.Messages;

/// <summary>What a product message does to what was there before.</summary>
public enum ProductChange
{
    /// <summary>The first one.</summary>
    Created,

    /// <summary>Replaces a lower revision.</summary>
    Updated,

    /// <summary>Withdrawn: whoever used it must drop it.</summary>
    Deleted,
}
