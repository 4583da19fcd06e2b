using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Spex.Weights;

/// <summary>Writes weights into a graph's data file, a piece at a time.</summary>
internal static class WeightEncoding
{
    private const int PieceElements = 1 << 20;
    private const int BandElements = 1 << 26;

    /// <summary>The elements in their own order.</summary>
    public static WeightWriter AsIs(WeightTensor tensor, ElementType type) => stream =>
    {
        var piece = ArrayPool<float>.Shared.Rent((int)Math.Min(PieceElements, Math.Max(1, tensor.Length)));
        try
        {
            for (long first = 0; first < tensor.Length; first += piece.Length)
            {
                var values = piece.AsSpan(0, (int)Math.Min(piece.Length, tensor.Length - first));
                tensor.Read(first, values);
                Write(stream, tensor.Name, values, type);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(piece);
        }
    };

    /// <summary>A matrix [rows, columns] as [columns, rows]: the layout of a right-hand factor. The source is read once for
    /// each band of columns that fits into a quarter of a gigabyte.</summary>
    public static WeightWriter Transposed(WeightTensor tensor, ElementType type) => stream =>
    {
        var (rows, columns) = (tensor.Shape[0], tensor.Shape[1]);
        var width = (int)Math.Clamp(BandElements / Math.Max(1, rows), 1, columns);
        var rowsAtOnce = (int)Math.Clamp(PieceElements / columns, 1, rows);
        var strip = ArrayPool<float>.Shared.Rent(checked((int)(rowsAtOnce * columns)));
        var band = new float[checked(width * rows)];
        for (long column = 0; column < columns; column += width)
        {
            var taken = (int)Math.Min(width, columns - column);
            for (long row = 0; row < rows; row += rowsAtOnce)
            {
                var count = (int)Math.Min(rowsAtOnce, rows - row);
                tensor.Read(row * columns, strip.AsSpan(0, (int)(count * columns)));
                for (var y = 0; y < count; y++)
                {
                    Scatter(strip.AsSpan((int)((y * columns) + column), taken), band, row + y, rows);
                }
            }

            Write(stream, tensor.Name, band.AsSpan(0, (int)(taken * rows)), type);
        }

        ArrayPool<float>.Shared.Return(strip);
    };

    private static void Scatter(ReadOnlySpan<float> values, float[] band, long offset, long stride)
    {
        foreach (var value in values)
        {
            band[offset] = value;
            offset += stride;
        }
    }

    private static void Write(Stream stream, string name, ReadOnlySpan<float> values, ElementType type)
    {
        RequireWithin(name, values, type);
        if (type == ElementType.Float32)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        var halves = ArrayPool<Half>.Shared.Rent(Math.Min(values.Length, PieceElements));
        for (var first = 0; first < values.Length; first += halves.Length)
        {
            var piece = values[first..Math.Min(values.Length, first + halves.Length)];
            TensorPrimitives.ConvertToHalf(piece, halves);
            stream.Write(MemoryMarshal.AsBytes(halves.AsSpan(0, piece.Length)));
        }

        ArrayPool<Half>.Shared.Return(halves);
    }

    private static void RequireWithin(string name, ReadOnlySpan<float> values, ElementType type)
    {
        // 65520 lies half-way between the greatest float16 and the next power of two, and rounds up to infinity.
        var limit = type == ElementType.Float16 ? 65520f : float.PositiveInfinity;
        foreach (var value in values)
        {
            if (!(MathF.Abs(value) < limit))
            {
                var reason = float.IsFinite(value) ? "beyond what float16 can hold" : "which cannot be computed with";
                throw new CheckpointException(name, $"the tensor holds {value:R}, {reason}");
            }
        }
    }
}
