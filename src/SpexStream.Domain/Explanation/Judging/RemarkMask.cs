using SpexStream.Domain.Explanation.Reading;

namespace SpexStream.Domain.Explanation.Judging;

/// <summary>
/// Takes the backend's own remarks out of a text: they are facts, whatever their words, where they stand as sentences.
/// </summary>
internal static class RemarkMask
{
    /// <summary>Remarks looked for at most, so that the time stays bounded.</summary>
    private const int MaxRemarks = 32;

    /// <summary>The text with such sentences blanked out; each becomes a supported claim.</summary>
    public static string Apply(string text, FactSheet sheet, Action<string, int> found)
    {
        var sentences = sheet.Classes.Values.SelectMany(facts => facts.Remarks).Select(RemarkSentence.Of)
            .Where(sentence => sentence.Length > 0).Distinct().Take(MaxRemarks);
        foreach (var sentence in sentences.OrderByDescending(sentence => sentence.Length))
        {
            var at = text.IndexOf(sentence, StringComparison.Ordinal);
            if (at >= 0 && StartsSentence(text, at) && EndsSentence(text, at + sentence.Length))
            {
                found(sentence, at);
                text = string.Concat(text.AsSpan(0, at), new string(' ', sentence.Length),
                    text.AsSpan(at + sentence.Length));
            }
        }

        return text;
    }

    private static bool StartsSentence(string text, int at)
    {
        var before = text.AsSpan(0, at).TrimEnd();
        return before.IsEmpty || before[^1] is '.' or '!' or '?';
    }

    private static bool EndsSentence(string text, int at) => at >= text.Length || char.IsWhiteSpace(text[at]);
}
