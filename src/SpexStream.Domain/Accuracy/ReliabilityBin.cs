namespace SpexStream.Domain.Accuracy;

/// <summary>One row of a <see cref="ReliabilityTable"/>.</summary>
/// <param name="From">Least confidence of the bin, 0..90.</param>
/// <param name="Answers">Answers in the bin.</param>
/// <param name="Right">Those that agree with the labels.</param>
/// <param name="MeanConfidence">Mean confidence of the answers, 0..100; NaN without any.</param>
public readonly record struct ReliabilityBin(int From, long Answers, long Right, double MeanConfidence)
{
    /// <summary>Right answers in percent; NaN without any.</summary>
    public double RightPercent => Answers == 0 ? double.NaN : 100.0 * Right / Answers;
}
