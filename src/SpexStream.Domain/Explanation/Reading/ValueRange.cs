namespace SpexStream.Domain.Explanation.Reading;

/// <summary>The measured values that a number as written allows; an open end is not part of it.</summary>
internal readonly record struct ValueRange(double Low, double High, bool LowIsOpen = false, bool HighIsOpen = false)
{
    /// <summary>For what rounding in binary may add: far below any written digit.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Share by which "about" widens a number.</summary>
    private const double About = 0.15;

    /// <summary>Share by which a value may stay below "nearly".</summary>
    private const double Nearly = 0.2;

    /// <summary>The range of a number with the tolerance of its digits.</summary>
    public static ValueRange Of(Comparison comparison, double value, double tolerance)
    {
        var wide = Math.Max(tolerance, Math.Abs(value) * About);
        return comparison switch
        {
            Comparison.About => new(value - wide, value + wide),
            Comparison.Nearly => new(value - Math.Max(tolerance, Math.Abs(value) * Nearly), value + tolerance),
            Comparison.MoreThan => new(value, double.PositiveInfinity, LowIsOpen: true),
            Comparison.LessThan => new(double.NegativeInfinity, value, HighIsOpen: true),
            Comparison.AtLeast => new(value, double.PositiveInfinity),
            Comparison.AtMost => new(double.NegativeInfinity, value),
            _ => new(value - tolerance, value + tolerance),
        };
    }

    /// <summary>Whether a measured value is allowed; NaN never is.</summary>
    public bool Contains(double value)
    {
        var slack = Rounding * Math.Max(1e-3, Math.Abs(value));
        return (LowIsOpen ? value > Low + slack : value >= Low - slack)
            && (HighIsOpen ? value < High - slack : value <= High + slack);
    }

    /// <summary>Whether some value between two bounds is allowed.</summary>
    public bool Meets(double low, double high) => Contains(low) || Contains(high) || (low < Low && high > High);

    /// <summary>The range from this one's low to the other's high end.</summary>
    public ValueRange Through(ValueRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>The range in another unit.</summary>
    public ValueRange Times(double factor) => this with { Low = Low * factor, High = High * factor };
}
