namespace SpexStream.Domain.Spie;

/// <summary>The parts of a training set.</summary>
public enum SpieSplit
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose settings by.</summary>
    Validation,

    /// <summary>To measure with, once.</summary>
    Test,
}
