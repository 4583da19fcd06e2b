namespace SpexStream.Inference.Spex.Network;

/// <summary>Token context condensation: the states of an answer become a few prompt tokens of the mask decoder.</summary>
internal static class Condensation
{
    /// <summary>
    /// Averages any number of states to <paramref name="bins"/>: bin i takes states floor(i n / bins) up to, and without,
    /// ceil((i + 1) n / bins), so bins overlap, and with fewer states than bins some serve twice.
    /// </summary>
    /// <param name="states">[count, width], at least one.</param>
    /// <param name="width">Length of a state.</param>
    /// <param name="bins">How many averages.</param>
    /// <param name="pooled">Receives [bins, width].</param>
    public static void Pool(ReadOnlySpan<float> states, int width, int bins, Span<float> pooled)
    {
        var count = states.Length / width;
        ArgumentOutOfRangeException.ThrowIfZero(count);
        for (var bin = 0; bin < bins; bin++)
        {
            var first = bin * count / bins;
            var end = (((bin + 1) * count) + bins - 1) / bins;
            var sums = pooled.Slice(bin * width, width);
            sums.Clear();
            for (var row = first; row < end; row++)
            {
                var state = states.Slice(row * width, width);
                for (var column = 0; column < width; column++)
                {
                    sums[column] += state[column];
                }
            }

            for (var column = 0; column < width; column++)
            {
                sums[column] /= end - first;
            }
        }
    }

    /// <summary>Pooled states [batch, bins, inputs] to prompt tokens [batch, bins, outputs].</summary>
    public static string Condense(this NetworkWriter net, string pooled, int inputs, int outputs)
    {
        var first = net.Traced("text_mlp.0", net.At("text_mlp.0").Linear(pooled, inputs, 8 * outputs));
        var second = net.At("text_mlp.2").Linear(net.Node("Relu", [first]), 8 * outputs, 2 * outputs);
        net.Traced("text_mlp.2", second);
        var third = net.At("text_mlp.4").Linear(net.Node("Relu", [second]), 2 * outputs, outputs);
        return net.Traced("condense.out", third);
    }
}
