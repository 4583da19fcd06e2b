using System.Numerics.Tensors;

namespace SpexStream.Inference.Spex.Running;

/// <summary>Chooses the next token of one answer.</summary>
internal sealed class TokenChoice
{
    private readonly SpexSampling? _sampling;
    private readonly Random? _random;
    private readonly float[] _shares;
    private readonly int[] _order;

    /// <param name="sampling">How to draw; null for the likeliest.</param>
    /// <param name="vocabulary">Number of tokens.</param>
    /// <param name="row">Row in the batch, so that rows draw apart.</param>
    public TokenChoice(SpexSampling? sampling, int vocabulary, int row)
    {
        _sampling = sampling;
        _random = sampling is null ? null : new Random(unchecked(sampling.Seed + (row * 7919)));
        _shares = sampling is null ? [] : new float[vocabulary];
        _order = sampling is null ? [] : new int[vocabulary];
    }

    /// <summary>The next token; of equal logits the one of the smaller number.</summary>
    /// <exception cref="InvalidDataException">A logit is not a number.</exception>
    public int Next(ReadOnlySpan<float> logits)
    {
        var best = TensorPrimitives.IndexOfMax(logits);
        if (!float.IsFinite(logits[best]))
        {
            throw new InvalidDataException($"The language model gave {logits[best]} for token {best}.");
        }

        return _sampling is null ? best : Draw(logits, logits[best]);
    }

    private int Draw(ReadOnlySpan<float> logits, float most)
    {
        for (var token = 0; token < _shares.Length; token++)
        {
            _shares[token] = -MathF.Exp((logits[token] - most) / _sampling!.Temperature);
            _order[token] = token;
        }

        // Negated, so that the likeliest come first; equal ones by number, whatever the sort does.
        Array.Sort(_order, (left, right) => _shares[left] != _shares[right]
            ? _shares[left].CompareTo(_shares[right])
            : left.CompareTo(right));
        var total = -_shares.Sum(share => (double)share);
        var (kept, allowed) = (0d, 0);
        while (allowed < _order.Length && (allowed == 0 || kept < _sampling!.TopShare * total))
        {
            kept -= _shares[_order[allowed++]];
        }

        var place = _random!.NextDouble() * kept;
        for (var rank = 0; rank < allowed; rank++)
        {
            place += _shares[_order[rank]];
            if (place < 0)
            {
                return _order[rank];
            }
        }

        return _order[allowed - 1];
    }
}
