namespace SpexStream.Inference.Onnx;

/// <summary>Element types of tensors, by their numbers in the ONNX standard (TensorProto.DataType).</summary>
public enum ElementType
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>IEEE 754 binary32.</summary>
    Float32 = 1,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8 = 2,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 6,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 7,

    /// <summary>One byte, 0 or 1.</summary>
    Boolean = 9,

    /// <summary>IEEE 754 binary16.</summary>
    Float16 = 10,
}
