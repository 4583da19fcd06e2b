using System.Collections.Immutable;
using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Accuracy;

/// <summary>
/// How often an answer of a given confidence is right (reliability diagram; DeGroot and Fienberg 1983, The Statistician
/// 32, 12). Filled by one thread; parts of a scene are merged.
/// </summary>
public sealed class ReliabilityTable
{
    /// <summary>Confidence points per bin; the last bin also holds 100.</summary>
    public const int BinWidth = 10;

    private const int Bins = 10;
    private readonly long[] _answers = new long[Bins];
    private readonly long[] _right = new long[Bins];
    private readonly long[] _confidence = new long[Bins];

    /// <summary>The bins from low to high confidence.</summary>
    public ImmutableArray<ReliabilityBin> Rows =>
        [.. Enumerable.Range(0, Bins).Select(bin => new ReliabilityBin(
            bin * BinWidth, _answers[bin], _right[bin], _answers[bin] == 0
                ? double.NaN
                : (double)_confidence[bin] / _answers[bin]))];

    /// <summary>Mean distance between confidence and share of right answers, weighted by answers, 0..100; NaN without
    /// any.</summary>
    public double ExpectedCalibrationError
    {
        get
        {
            var rows = Rows.Where(row => row.Answers > 0).ToArray();
            return rows.Length == 0
                ? double.NaN
                : rows.Sum(row => row.Answers * Math.Abs(row.MeanConfidence - row.RightPercent))
                    / rows.Sum(row => row.Answers);
        }
    }

    /// <summary>Counts answers, yes and no alike; unlabelled and unanswered pixels, and those without confidence, are
    /// left out. Partial water counts as "no".</summary>
    /// <param name="mask"><see cref="MaskCode"/> per pixel.</param>
    /// <param name="confidence">0..100 per pixel; above 100 there is none.</param>
    /// <param name="labels"><see cref="ReferenceLabel"/> per pixel.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Add(ReadOnlySpan<byte> mask, ReadOnlySpan<byte> confidence, ReadOnlySpan<byte> labels)
    {
        if (mask.Length != labels.Length || confidence.Length != labels.Length)
        {
            throw new ArgumentException("Mask, confidence and labels differ in length.", nameof(labels));
        }

        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] > MaskCode.Partial || labels[i] > ReferenceLabel.Class || confidence[i] > 100)
            {
                continue;
            }

            var bin = Math.Min(confidence[i] / BinWidth, Bins - 1);
            _answers[bin]++;
            _confidence[bin] += confidence[i];
            _right[bin] += (mask[i] == MaskCode.Yes) == (labels[i] == ReferenceLabel.Class) ? 1 : 0;
        }
    }

    /// <summary>Adds what another table counted.</summary>
    public void Merge(ReliabilityTable other)
    {
        for (var bin = 0; bin < Bins; bin++)
        {
            _answers[bin] += other._answers[bin];
            _right[bin] += other._right[bin];
            _confidence[bin] += other._confidence[bin];
        }
    }
}
