namespace SpexStream.Domain.Messages;

/// <summary>Whether more is to come.</summary>
public enum ProductStatus
{
    /// <summary>Later strips may change it.</summary>
    Preliminary,

    /// <summary>The scene is closed; only a new revision changes it.</summary>
    Final,
}
