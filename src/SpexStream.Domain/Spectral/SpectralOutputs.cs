namespace SpexStream.Domain.Spectral;

/// <summary>Planes of the evidence that are wanted besides the cover codes and seeds; the others are left
/// undefined.</summary>
[Flags]
public enum SpectralOutputs
{
    /// <summary>Cover codes and seeds only.</summary>
    None = 0,

    /// <summary>Confidence of every class.</summary>
    Confidence = 1,

    /// <summary>Every index that the bands allow.</summary>
    Indices = 2,

    /// <summary>Bits of the tests.</summary>
    Diagnostics = 4,

    /// <summary>Every plane.</summary>
    All = Confidence | Indices | Diagnostics,
}
