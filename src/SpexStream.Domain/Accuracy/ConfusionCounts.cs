using SpexStream.Domain.LandCover;

namespace SpexStream.Domain.Accuracy;

/// <summary>
/// Pixels of one class map against labels. Unlabelled pixels count nowhere; labelled ones without an answer (cloud,
/// snow,
/// nodata, undefined) count apart and enter no score, so that a score is never better for silence than it says.
/// </summary>
/// <param name="TruePositive">Class in map and labels.</param>
/// <param name="FalsePositive">Class in the map only.</param>
/// <param name="FalseNegative">Class in the labels only.</param>
/// <param name="TrueNegative">Class in neither.</param>
/// <param name="UnansweredPositive">Class in the labels, no answer in the map.</param>
/// <param name="UnansweredNegative">Another class in the labels, no answer in the map.</param>
public readonly record struct ConfusionCounts(
    long TruePositive, long FalsePositive, long FalseNegative, long TrueNegative,
    long UnansweredPositive, long UnansweredNegative)
{
    /// <summary>Labelled pixels with an answer.</summary>
    public long Answered => TruePositive + FalsePositive + FalseNegative + TrueNegative;

    /// <summary>Labelled pixels without an answer.</summary>
    public long Unanswered => UnansweredPositive + UnansweredNegative;

    /// <summary>Intersection over union, TP / (TP + FP + FN), 0..1; NaN where the class is in neither.</summary>
    public double IntersectionOverUnion => Share(TruePositive, TruePositive + FalsePositive + FalseNegative);

    /// <summary>Harmonic mean of precision and recall, 0..1; NaN where the class is in neither.</summary>
    public double F1 => Share(2 * TruePositive, (2 * TruePositive) + FalsePositive + FalseNegative);

    /// <summary>Share of the map's pixels that are right (user's accuracy); NaN where the map has none.</summary>
    public double Precision => Share(TruePositive, TruePositive + FalsePositive);

    /// <summary>Share of the labels' pixels that were found (producer's accuracy); NaN where the labels have
    /// none.</summary>
    public double Recall => Share(TruePositive, TruePositive + FalseNegative);

    /// <summary>Share of the answers that are right; NaN without any.</summary>
    public double OverallAccuracy => Share(TruePositive + TrueNegative, Answered);

    /// <summary>Share of the labelled pixels that have no answer; NaN without labels.</summary>
    public double UnansweredShare => Share(Unanswered, Answered + Unanswered);

    /// <summary>Counts of two parts of a map together.</summary>
    public static ConfusionCounts operator +(ConfusionCounts left, ConfusionCounts right) => new(
        left.TruePositive + right.TruePositive,
        left.FalsePositive + right.FalsePositive,
        left.FalseNegative + right.FalseNegative,
        left.TrueNegative + right.TrueNegative,
        left.UnansweredPositive + right.UnansweredPositive,
        left.UnansweredNegative + right.UnansweredNegative);

    /// <summary>Compares a published mask with labels.</summary>
    /// <param name="mask"><see cref="MaskCode"/> per pixel.</param>
    /// <param name="labels"><see cref="ReferenceLabel"/> per pixel, as many.</param>
    /// <param name="partialIsClass">Whether partial water counts as water.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static ConfusionCounts Of(ReadOnlySpan<byte> mask, ReadOnlySpan<byte> labels, bool partialIsClass = false)
    {
        if (mask.Length != labels.Length)
        {
            throw new ArgumentException($"{mask.Length} answers meet {labels.Length} labels.", nameof(labels));
        }

        Span<long> counts = stackalloc long[6];
        for (var i = 0; i < mask.Length; i++)
        {
            if (labels[i] > ReferenceLabel.Class)
            {
                continue;
            }

            var answer = mask[i] switch
            {
                MaskCode.Yes => 1,
                MaskCode.Partial => partialIsClass ? 1 : 0,
                MaskCode.No => 0,
                _ => 2,
            };
            counts[(answer * 2) + labels[i]]++;
        }

        return new(counts[3], counts[2], counts[1], counts[0], counts[5], counts[4]);
    }

    private static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}
