using System.Numerics;
using System.Runtime.CompilerServices;
using SpexStream.Domain.Imagery;

namespace SpexStream.Inference.Segmentation;

/// <summary>Turns runs of samples into numbers, whatever their type. May read 64 bytes behind the last
/// sample.</summary>
internal static unsafe class SampleRows
{
    /// <summary>Converts a run; as many numbers as samples are written, none behind them.</summary>
    public static void Convert(PixelType type, void* samples, float* target, int count, BandFeed feed)
    {
        var whole = count - (count % Vector<float>.Count);
        switch (type)
        {
            case PixelType.UInt8:
                Bytes((byte*)samples, target, whole, feed);
                break;
            case PixelType.Int16:
                Shorts((short*)samples, target, whole, feed);
                break;
            case PixelType.UInt16:
                Words((ushort*)samples, target, whole, feed);
                break;
            default:
                Floats((float*)samples, target, whole, feed);
                break;
        }

        for (var i = whole; i < count; i++)
        {
            target[i] = feed.Of(One(type, samples, i));
        }
    }

    /// <summary>One sample as it is.</summary>
    public static float One(PixelType type, void* samples, int index) => type switch
    {
        PixelType.UInt8 => ((byte*)samples)[index],
        PixelType.Int16 => ((short*)samples)[index],
        PixelType.UInt16 => ((ushort*)samples)[index],
        _ => ((float*)samples)[index],
    };

    private static void Floats(float* samples, float* target, int count, BandFeed feed)
    {
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            feed.Of(Unsafe.ReadUnaligned<Vector<float>>(samples + i)).Store(target + i);
        }
    }

    private static void Words(ushort* samples, float* target, int count, BandFeed feed)
    {
        // The most frequent type, so both halves of what is read are used; the last vector may have one half only.
        for (var i = 0; i < count; i += Vector<ushort>.Count)
        {
            Vector.Widen(Unsafe.ReadUnaligned<Vector<ushort>>(samples + i), out var low, out var high);
            feed.Of(Vector.ConvertToSingle(low.As<uint, int>())).Store(target + i);
            if (i + Vector<float>.Count < count)
            {
                feed.Of(Vector.ConvertToSingle(high.As<uint, int>())).Store(target + i + Vector<float>.Count);
            }
        }
    }

    private static void Shorts(short* samples, float* target, int count, BandFeed feed)
    {
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            Vector.Widen(Unsafe.ReadUnaligned<Vector<short>>(samples + i), out var low, out _);
            feed.Of(Vector.ConvertToSingle(low)).Store(target + i);
        }
    }

    private static void Bytes(byte* samples, float* target, int count, BandFeed feed)
    {
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            Vector.Widen(Unsafe.ReadUnaligned<Vector<byte>>(samples + i), out var half, out _);
            Vector.Widen(half, out var low, out _);
            feed.Of(Vector.ConvertToSingle(low.As<uint, int>())).Store(target + i);
        }
    }
}
