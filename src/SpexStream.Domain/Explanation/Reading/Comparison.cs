namespace SpexStream.Domain.Explanation.Reading;

/// <summary>How a measured value should lie to the number that follows.</summary>
internal enum Comparison
{
    Equal,
    About,
    Nearly,
    MoreThan,
    LessThan,
    AtLeast,
    AtMost,
    Between,
}
