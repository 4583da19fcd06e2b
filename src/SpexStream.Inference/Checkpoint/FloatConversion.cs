using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Checkpoint;

/// <summary>Conversions between the float types of a checkpoint, with the vector unit.</summary>
internal static class FloatConversion
{
    /// <summary>Every value of F16 and BF16 has an equal in float32.</summary>
    public static void Widen(TensorView view, TensorType type, Span<float> values)
    {
        switch (type)
        {
            case TensorType.Float16:
                TensorPrimitives.ConvertToSingle(view.As<Half>(), values);
                break;
            case TensorType.BFloat16:
                WidenBFloat16(view.As<ushort>(), values);
                break;
            default:
                view.As<float>().CopyTo(values);
                break;
        }
    }

    /// <summary>Rounds half to even.</summary>
    public static void Narrow(ReadOnlySpan<float> values, Span<Half> narrow) =>
        TensorPrimitives.ConvertToHalf(values, narrow);

    /// <summary>Refuses NaN, infinities, and what would become one in the wanted type.</summary>
    public static void RequireWithin(ReadOnlySpan<float> values, ElementType type, long start, CheckpointTensor tensor)
    {
        // 65520 lies half-way between the greatest float16 and the next power of two, and rounds up to infinity.
        var limit = type == ElementType.Float16 ? 65520f : float.PositiveInfinity;
        if (values.IsEmpty || TensorPrimitives.MaxMagnitude(values) is var most && float.Abs(most) < limit)
        {
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!(float.Abs(values[i]) < limit))
            {
                throw tensor.Fault(float.IsFinite(values[i])
                    ? $"holds {values[i]:R} at element {start + i}, beyond what float16 can hold"
                    : $"holds {values[i]} at element {start + i}, which is not a number that can be computed with");
            }
        }
    }

    private static void WidenBFloat16(ReadOnlySpan<ushort> halves, Span<float> values)
    {
        var bits = MemoryMarshal.Cast<float, uint>(values);
        var i = 0;
        for (; i <= halves.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Create(halves[i..]));
            (lower << 16).CopyTo(bits[i..]);
            (upper << 16).CopyTo(bits[(i + Vector256<uint>.Count)..]);
        }

        for (; i < halves.Length; i++)
        {
            bits[i] = (uint)halves[i] << 16;
        }
    }
}
