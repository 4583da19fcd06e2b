namespace SpexStream.Inference.Onnx;

/// <summary>One axis of a tensor's shape: a length, or a name for a length that is known only when the graph
/// runs.</summary>
public readonly record struct Dimension
{
    private Dimension(long length, string? name) => (Length, Name) = (length, name);

    /// <summary>The length; meaningless when <see cref="Name"/> is given.</summary>
    public long Length { get; }

    /// <summary>Name of an open length ("batch"); axes of the same name have the same length.</summary>
    public string? Name { get; }

    /// <summary>A fixed length.</summary>
    public static implicit operator Dimension(long length) => new(length, null);

    /// <summary>An open length.</summary>
    public static implicit operator Dimension(string name) => new(0, name);
}
