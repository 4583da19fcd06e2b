namespace SpexStream.Domain.Explanation;

/// <summary>A backend's remark as it stands in a text: one line, a capital first, a full stop last.</summary>
internal static class RemarkSentence
{
    /// <summary>The sentence; empty for a remark without content.</summary>
    public static string Of(string remark)
    {
        var words = remark.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return string.Empty;
        }

        var text = string.Join(' ', words);
        var end = text[^1] is '.' or '!' or '?' ? "" : ".";
        return char.ToUpperInvariant(text[0]) + text[1..] + end;
    }
}
