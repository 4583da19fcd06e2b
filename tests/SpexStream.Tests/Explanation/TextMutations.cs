using System.Globalization;
using System.Text.RegularExpressions;

namespace SpexStream.Tests.Explanation;

/// <summary>Ways to make a text of the explainer false, one change at a time.</summary>
internal static partial class TextMutations
{
    private static readonly string[] Places =
    [
        "top-left", "top-center", "top-right", "middle-left", "middle-right", "bottom-left", "bottom-center",
            "bottom-right",
    ];

    private static readonly string[] Classes = ["open water", "vegetation", "built-up or bare ground"];

    private static readonly (string From, string To)[] Negations =
    [
        (" lies in", " does not lie in"),
        (" covers ", " does not cover "),
        ("No open water was", "Open water was"),
        ("No vegetation was", "Vegetation was"),
        ("No built-up or bare ground was", "Built-up or bare ground was"),
        ("Confidence is ", "Confidence is not "),
        ("It touches", "It does not touch"),
        ("which was not screened", "which was screened"),
        ("this is preliminary", "this is not preliminary"),
        ("Nothing could", "Everything could"),
        ("it is the only", "it is not the only"),
        ("All of the", "None of the"),
    ];

    private static readonly string[] Units = [" m²", " ha", " km²", " %", " pixels", "°"];

    /// <summary>Every number moved far beyond its tolerance, but for scales ("of 100") and one-sided bounds.</summary>
    public static IEnumerable<string> Numbers(string text)
    {
        foreach (Match match in Number().Matches(text))
        {
            var before = text[..match.Index];
            if (before.EndsWith(" of ", StringComparison.Ordinal) && match.Value == "100"
                || before.EndsWith(" than ", StringComparison.Ordinal)
                    || text[(match.Index + match.Length)..].StartsWith("th", StringComparison.Ordinal))
            {
                continue;
            }

            var decimals = match.Value.Contains('.', StringComparison.Ordinal)
                ? match.Value.Length - match.Value.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            var value = double.Parse(match.Value, NumberStyles.Number, CultureInfo.InvariantCulture);
            var moved = (value * 1.37) + Math.Max(1.0, value * 0.1);
            yield return before + moved.ToString("N" + decimals, CultureInfo.InvariantCulture)
                + text[(match.Index + match.Length)..];
        }
    }

    public static IEnumerable<string> PlaceWords(string text, Random random) =>
        Swap(text, [.. Places, "center"], random);

    public static IEnumerable<string> ClassWords(string text, Random random) => Swap(text, Classes, random);

    public static IEnumerable<string> NegationWords(string text) =>
        Negations.SelectMany(pair => Replacements(text, pair.From, pair.To));

    public static IEnumerable<string> UnitWords(string text, Random random) =>
        Swap(text, Units, random).Where(mutant => OneSided().Count(mutant) >= OneSided().Count(text));

    private static IEnumerable<string> Swap(string text, string[] words, Random random)
    {
        foreach (var word in words)
        {
            var others = words.Where(other => other != word).ToArray();
            foreach (var mutant in Replacements(text, word, others[random.Next(others.Length)]))
            {
                yield return mutant;
            }
        }
    }

    private static IEnumerable<string> Replacements(string text, string from, string to)
    {
        for (var at = text.IndexOf(from, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(from, at + from.Length, StringComparison.OrdinalIgnoreCase))
        {
            if (at > 0 && text[at - 1] == '-')
            {
                continue;
            }

            var isWhole = at + from.Length >= text.Length || !char.IsLetterOrDigit(text[at + from.Length]);
            if (isWhole || from.EndsWith(' '))
            {
                yield return text[..at] + to + text[(at + from.Length)..];
            }
        }
    }

    /// <summary>A one-sided bound stays true in many units, so its unit is left alone.</summary>
    [GeneratedRegex(@"than \d+\.\d %")]
    private static partial Regex OneSided();

    [GeneratedRegex(@"\d+(,\d{3})*(\.\d+)?")]
    private static partial Regex Number();
}
