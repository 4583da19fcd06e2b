using System.Collections.Immutable;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Checkpoint;

/// <summary>
/// One tensor of a checkpoint on disk. Nothing is read before it is asked for, and only as much as is asked for; any
/// thread may read, as long as the file is not disposed.
/// </summary>
public sealed class CheckpointTensor
{
    // Large enough for the disk, small enough that the memory stays flat.
    private const int ChunkElements = 1 << 20;

    private readonly MemoryMappedFile _file;
    private readonly long _offset;

    internal CheckpointTensor(MemoryMappedFile file, string path, long dataStart, TensorEntry entry)
    {
        (_file, Path, _offset) = (file, path, dataStart + entry.Begin);
        (Name, Type, Shape) = (entry.Name, entry.Type, entry.Shape);
        Count = (entry.End - entry.Begin) / entry.Type.Bytes();
    }

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    /// <summary>The file it lies in.</summary>
    public string Path { get; }

    /// <summary>Type of its elements.</summary>
    public TensorType Type { get; }

    /// <summary>Its axes, slowest first; empty for a single number.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>Maps a run of elements, without a copy. The caller disposes the view.</summary>
    /// <param name="start">First element.</param>
    /// <param name="count">Number of elements; fewer than 2^31 bytes.</param>
    public TensorView Map(long start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count - count);
        return new(_file, _offset + (start * Type.Bytes()), checked(count * Type.Bytes()));
    }

    /// <summary>Reads a run of elements as float32; F16 and BF16 are widened exactly.</summary>
    /// <param name="start">First element.</param>
    /// <param name="values">Filled as a whole.</param>
    /// <exception cref="CheckpointException">The elements are whole numbers.</exception>
    public void Read(long start, Span<float> values)
    {
        for (var done = 0; done < values.Length; done += ChunkElements)
        {
            var part = values[done..Math.Min(values.Length, done + ChunkElements)];
            using var view = Map(start + done, part.Length);
            FloatConversion.Widen(view, RequireFloats(), part);
        }
    }

    /// <summary>All elements as float32, for tensors that are known to be small.</summary>
    public float[] ReadAll()
    {
        var values = new float[Count];
        Read(0, values);
        return values;
    }

    /// <summary>All elements of an I64 tensor.</summary>
    /// <exception cref="CheckpointException">The elements are of another type.</exception>
    public long[] ReadAllInt64() => ReadAllAs<long>(TensorType.Int64);

    /// <summary>All elements of a U8 tensor.</summary>
    /// <exception cref="CheckpointException">The elements are of another type.</exception>
    public byte[] ReadAllBytes() => ReadAllAs<byte>(TensorType.UInt8);

    /// <summary>Writes all elements, converted to float32 or float16, in pieces: memory does not grow with the
    /// tensor.</summary>
    /// <param name="stream">Receives <see cref="Count"/> elements, little-endian.</param>
    /// <param name="type"><see cref="ElementType.Float32"/> or <see cref="ElementType.Float16"/> (rounded half to
    /// even).</param>
    /// <exception cref="CheckpointException">An element is not a finite number, or beyond what float16 can
    /// hold.</exception>
    public void WriteTo(Stream stream, ElementType type)
    {
        if (type is not (ElementType.Float32 or ElementType.Float16))
        {
            throw new ArgumentOutOfRangeException(nameof(type), type, "Weights are written as float32 or float16.");
        }

        var length = (int)Math.Min(Count, ChunkElements);
        var wide = new float[length];
        var narrow = type == ElementType.Float16 ? new Half[length] : [];
        for (long start = 0; start < Count; start += length)
        {
            var part = wide.AsSpan(0, (int)Math.Min(length, Count - start));
            Read(start, part);
            FloatConversion.RequireWithin(part, type, start, this);
            if (type == ElementType.Float16)
            {
                FloatConversion.Narrow(part, narrow);
                stream.Write(MemoryMarshal.AsBytes<Half>(narrow.AsSpan(0, part.Length)));
            }
            else
            {
                stream.Write(MemoryMarshal.AsBytes<float>(part));
            }
        }
    }

    internal CheckpointException Fault(string fault) => new(Path, $"tensor '{HeaderReader.Shown(Name)}' {fault}");

    private T[] ReadAllAs<T>(TensorType type) where T : unmanaged
    {
        if (Type != type)
        {
            throw Fault($"holds {Type}, and {type} is needed");
        }

        using var view = Map(0, checked((int)Count));
        return view.As<T>().ToArray();
    }

    private TensorType RequireFloats() => Type is TensorType.Float32 or TensorType.Float16 or TensorType.BFloat16
        ? Type
        : throw Fault($"holds {Type}, and fractions are needed");
}
