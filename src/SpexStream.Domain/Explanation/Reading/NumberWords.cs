using System.Collections.Frozen;

namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Reads numbers and fractions in words: "twenty-five", "two hundred", "a dozen", "half", "two
/// thirds".</summary>
internal static class NumberWords
{
    /// <summary>A fraction in words is exact to this many percent of the whole.</summary>
    public const double FractionTolerance = 7;

    private static readonly FrozenDictionary<string, double> Values = new Dictionary<string, double>
    {
        ["one"] = 1,
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
        ["dozen"] = 12,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, double> Parts = new Dictionary<string, double>
    {
        ["half"] = 2,
        ["halves"] = 2,
        ["third"] = 3,
        ["thirds"] = 3,
        ["quarter"] = 4,
        ["quarters"] = 4,
        ["fourths"] = 4,
        ["fifth"] = 5,
        ["fifths"] = 5,
        ["sixth"] = 6,
        ["eighth"] = 8,
        ["tenth"] = 10,
        ["tenths"] = 10,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, double> Scales = new Dictionary<string, double>
    {
        ["hundred"] = 100,
        ["thousand"] = 1e3,
        ["million"] = 1e6,
        ["billion"] = 1e9,
    }.ToFrozenDictionary();

    /// <summary>The factor of "hundred", "thousand" or "million"; 1 for other words.</summary>
    public static double Scale(string word) => Scales.GetValueOrDefault(word, 1);

    /// <summary>A fraction of the whole in percent and the tokens it takes; no tokens when none stands there.</summary>
    public static (double Percent, int Length) Fraction(List<Token> tokens, int at)
    {
        var first = Word(tokens, at);
        if (first is "half")
        {
            return (50, 1);
        }

        var count = first is "a" or "one" ? 1 : Values.GetValueOrDefault(first, 0);
        return count is > 0 and < 10 && Parts.TryGetValue(Word(tokens, at + 1), out var parts) && count < parts
            ? (100 * count / parts, 2)
            : (0, 0);
    }

    /// <summary>A count in words and the tokens it takes; no tokens when none stands there.</summary>
    public static (double Value, int Length) Count(List<Token> tokens, int at)
    {
        var next = at;
        var value = 0.0;
        var first = Word(tokens, next);
        if (first is "a" or "an" && (Scales.ContainsKey(Word(tokens, next + 1)) || Word(tokens, next + 1) is "dozen"))
        {
            (value, next) = (1, next + 1);
        }
        else if (Values.TryGetValue(first, out value))
        {
            next++;
            if (value is >= 20 && Values.TryGetValue(Word(tokens, next), out var ones) && ones < 10)
            {
                (value, next) = (value + ones, next + 1);
            }
        }
        else
        {
            return (0, 0);
        }

        while (Scales.TryGetValue(Word(tokens, next), out var scale) && next < at + 5)
        {
            (value, next) = (value * scale, next + 1);
        }

        return Word(tokens, next) is "dozen" && next > at ? (value * 12, next + 1 - at) : (value, next - at);
    }

    private static string Word(List<Token> tokens, int at) =>
        at < tokens.Count && tokens[at].Kind == TokenKind.Word ? tokens[at].Text : string.Empty;
}
