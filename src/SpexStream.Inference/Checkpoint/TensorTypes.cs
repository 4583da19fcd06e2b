namespace SpexStream.Inference.Checkpoint;

/// <summary>Facts on the element types of a checkpoint.</summary>
public static class TensorTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Bytes(this TensorType type) => type switch
    {
        TensorType.Float32 => 4,
        TensorType.Float16 or TensorType.BFloat16 => 2,
        TensorType.Int64 => 8,
        TensorType.UInt8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The type of a name as the safetensors format writes it; null for a type that is not read
    /// here.</summary>
    public static TensorType? Find(string name) => name switch
    {
        "F32" => TensorType.Float32,
        "F16" => TensorType.Float16,
        "BF16" => TensorType.BFloat16,
        "I64" => TensorType.Int64,
        "U8" => TensorType.UInt8,
        _ => null,
    };
}
