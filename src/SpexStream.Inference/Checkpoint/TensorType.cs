namespace SpexStream.Inference.Checkpoint;

/// <summary>Element types that a checkpoint may hold, all little-endian.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 binary32, "F32".</summary>
    Float32,

    /// <summary>IEEE 754 binary16, "F16".</summary>
    Float16,

    /// <summary>The upper half of a binary32, "BF16".</summary>
    BFloat16,

    /// <summary>Signed, 64 bits, "I64".</summary>
    Int64,

    /// <summary>Unsigned, 8 bits, "U8".</summary>
    UInt8,
}
