using System.Buffers;
using System.Runtime.InteropServices;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Spex.Weights;

/// <summary>Writes weights into a graph's data file, a piece at a time.</summary>
internal static class WeightEncoding
{
    private const int PieceElements = 1 << 20;

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

    /// <summary>A matrix [rows, columns] as [columns, rows]: the layout of a right-hand factor.</summary>
    public static WeightWriter Transposed(WeightTensor tensor, ElementType type) => stream =>
    {
        var (rows, columns) = (tensor.Shape[0], tensor.Shape[1]);
        // A band of columns at a time: few passes over the source, and a buffer that stays small.
        var width = (int)Math.Clamp(4 * PieceElements / Math.Max(1, rows), 1, columns);
        var strip = ArrayPool<float>.Shared.Rent(width);
        var band = ArrayPool<float>.Shared.Rent(checked((int)(width * rows)));
        try
        {
            for (long column = 0; column < columns; column += width)
            {
                var taken = (int)Math.Min(width, columns - column);
                for (long row = 0; row < rows; row++)
                {
                    tensor.Read((row * columns) + column, strip.AsSpan(0, taken));
                    for (var x = 0; x < taken; x++)
                    {
                        band[(x * rows) + row] = strip[x];
                    }
                }

                Write(stream, tensor.Name, band.AsSpan(0, (int)(taken * rows)), type);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(band);
            ArrayPool<float>.Shared.Return(strip);
        }
    };

    private static void Write(Stream stream, string name, ReadOnlySpan<float> values, ElementType type)
    {
        RequireFinite(name, values);
        if (type == ElementType.Float32)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        var halves = ArrayPool<Half>.Shared.Rent(values.Length);
        try
        {
            System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(values, halves);
            stream.Write(MemoryMarshal.AsBytes(halves.AsSpan(0, values.Length)));
        }
        finally
        {
            ArrayPool<Half>.Shared.Return(halves);
        }
    }

    private static void RequireFinite(string name, ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
            {
                throw new InvalidDataException($"The weight '{name}' holds {value}.");
            }
        }
    }
}
