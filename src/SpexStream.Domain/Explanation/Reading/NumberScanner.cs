using System.Globalization;
using System.Text;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>
/// Reads a number as people write it: "12", "1,234.5", "12 345", "1'234", "12,5", "1.234,5", "1.2e3", "1.2 × 10³".
/// A comma before exactly three digits parts thousands, else it is a decimal comma.
/// </summary>
internal static class NumberScanner
{
    /// <summary>A number read whole is exact to half of one; trailing zeros widen that, but by this share at
    /// most.</summary>
    private const double RoundNumber = 0.05;

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Reads the number at <paramref name="start"/>, where a digit or a point before a digit stands.</summary>
    public static Token Scan(string text, int start)
    {
        var digits = new StringBuilder();
        var at = Digits(text, start, digits);
        var lead = at - start;
        var grouped = false;
        while (lead is > 0 and <= 3 && text[start] != '0' && IsGroup(text, at, digits.Length > lead))
        {
            grouped = true;
            at = Digits(text, at + 1, digits);
        }

        var decimals = 0;
        if (at < text.Length && (text[at] == '.' || (text[at] == ',' && !grouped) || IsEuropean(text, at, grouped))
            && IsDigit(text, at + 1))
        {
            digits.Append('.');
            var from = at + 1;
            at = Digits(text, from, digits);
            decimals = at - from;
        }

        var (exponent, end) = Exponent(text, at);
        var plain = double.Parse(digits.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
        var scale = Math.Pow(10, exponent);
        var isWhole = decimals == 0 && end == at;
        return new(TokenKind.Number, start, end, text[start..end])
        {
            Value = plain * scale,
            Tolerance = isWhole ? Whole(plain) : 0.5 * Math.Pow(10, exponent - decimals),
            IsWhole = isWhole,
        };
    }

    private static double Whole(double value)
    {
        var unit = 1.0;
        while (value != 0 && unit < 1e15 && value % (unit * 10) == 0)
        {
            unit *= 10;
        }

        return Math.Max(0.5, Math.Min(unit / 2, value * RoundNumber));
    }

    private static int Digits(string text, int at, StringBuilder digits)
    {
        while (IsDigit(text, at))
        {
            digits.Append(text[at++]);
        }

        return at;
    }

    /// <summary>Whether a separator and exactly three digits follow. A point parts thousands only where that is
    /// sure.</summary>
    private static bool IsGroup(string text, int at, bool repeated)
    {
        if (at + 3 >= text.Length || !IsDigit(text, at + 1) || !IsDigit(text, at + 2) || !IsDigit(text, at + 3)
            || IsDigit(text, at + 4))
        {
            return false;
        }

        return text[at] switch
        {
            ',' or ' ' or '\u00a0' or '\u2009' or '\u202f' or '\'' or '’' => true,
            '.' => repeated || IsEuropeanTail(text, at + 4),
            _ => false,
        };
    }

    private static bool IsEuropeanTail(string text, int at) =>
        at < text.Length && text[at] is ',' or '.' && IsDigit(text, at + 1);

    private static bool IsEuropean(string text, int at, bool grouped) =>
        grouped && text[at] == ',' && at >= 4 && text[at - 4] is '.' or ' ' or '\u00a0' or '\u2009' or '\u202f' or '\'';

    private static (int Exponent, int End) Exponent(string text, int at)
    {
        if (at + 1 < text.Length && text[at] is 'e' or 'E')
        {
            var sign = text[at + 1] is '+' or '-' ? 1 : 0;
            return Power(text, at + 1 + sign, text[at + 1] == '-' ? -1 : 1, at);
        }

        var next = at;
        while (next < text.Length && next < at + 1 && text[next] == ' ')
        {
            next++;
        }

        if (next >= text.Length || text[next] is not ('×' or 'x' or '*'))
        {
            return (0, at);
        }

        next += next + 1 < text.Length && text[next + 1] == ' ' ? 2 : 1;
        if (next + 2 >= text.Length || text[next] != '1' || text[next + 1] != '0')
        {
            return (0, at);
        }

        var power = Superscripts.IndexOf(text[next + 2], StringComparison.Ordinal);
        return power >= 0 ? (power, next + 3) : text[next + 2] == '^' ? Power(text, next + 3, 1, at) : (0, at);
    }

    /// <summary>At most two digits of an exponent; without digits, or glued to letters, there is none.</summary>
    private static (int Exponent, int End) Power(string text, int from, int sign, int otherwise)
    {
        var end = from;
        var power = 0;
        while (IsDigit(text, end) && end < from + 2)
        {
            power = (power * 10) + (text[end++] - '0');
        }

        return end == from || (end < text.Length && char.IsLetterOrDigit(text[end])) ? (0, otherwise)
            : (sign * power, end);
    }

    private static bool IsDigit(string text, int at) => at < text.Length && char.IsAsciiDigit(text[at]);
}
