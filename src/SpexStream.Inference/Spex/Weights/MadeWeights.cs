using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SpexStream.Inference.Spex.Weights;

/// <summary>
/// Weights drawn from a seed: for models that need not mean anything. Each element follows from seed, name and place
/// alone, so equal seeds give equal models, in whatever order they are written. Sums keep about the size of what is
/// summed (He et al. 2015, section 2.2).
/// </summary>
public sealed class MadeWeights(int seed) : IWeights
{
    /// <inheritdoc/>
    public WeightTensor Take(string name, params ReadOnlySpan<long> shape)
    {
        var (middle, spread) = Range(name, shape);
        var key = Key(name);
        return new WeightTensor(name, shape.ToArray(), (first, values) =>
        {
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = middle + (spread * Unit(key + (ulong)(first + index)));
            }
        });
    }

    private static (float Middle, float Spread) Range(string name, ReadOnlySpan<long> shape)
    {
        var isNorm = name.Contains("norm", StringComparison.Ordinal) || name.Contains(
            "dw_conv.1", StringComparison.Ordinal)
            || name.Contains("fuse_all.1", StringComparison.Ordinal);
        if (shape.Length == 1)
        {
            var isScale = (isNorm && name.EndsWith(".weight", StringComparison.Ordinal))
                || name.EndsWith(".weight1", StringComparison.Ordinal)
                    || name.EndsWith(".weight2", StringComparison.Ordinal);
            return (isScale ? 1 : 0, 0.1f);
        }

        var inputs = 1L;
        foreach (var length in shape[1..])
        {
            inputs *= length;
        }

        // Embeddings are looked up, not summed; so are positions.
        var isTable = name.EndsWith("embed_tokens.weight", StringComparison.Ordinal)
            || name.EndsWith("positional_embedding", StringComparison.Ordinal);
        return (0, isTable ? 1 : MathF.Sqrt(3f / inputs));
    }

    private ulong Key(string name) => BinaryPrimitives.ReadUInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {name}")));

    // SplitMix64 (Steele et al. 2014, figure 17), its upper bits as a number from -1 to 1.
    private static float Unit(ulong place)
    {
        var bits = place * 0x9E3779B97F4A7C15UL;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        bits ^= bits >> 31;
        return ((int)(bits >> 40) - (1 << 23)) / (float)(1 << 23);
    }
}
