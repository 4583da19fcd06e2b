namespace SpexStream.Domain.Accuracy;

/// <summary>What labels say of a pixel for one class.</summary>
public static class ReferenceLabel
{
    /// <summary>Labelled as something else.</summary>
    public const byte Other = 0;

    /// <summary>Labelled as the class.</summary>
    public const byte Class = 1;

    /// <summary>Not labelled, or labelled as what cannot be scored; every value above 1 counts as this.</summary>
    public const byte None = 255;
}
