using System.Text;

namespace SpexStream.Inference.Words;

/// <summary>
/// Turns tokens into text as they come: a character whose bytes are spread over several tokens appears with the last of
/// them. One for each answer; not thread-safe.
/// </summary>
public sealed class GrowingText
{
    private readonly Vocabulary _vocabulary;
    private readonly bool _keepsSpecial;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    internal GrowingText(Vocabulary vocabulary, bool keepsSpecial) =>
        (_vocabulary, _keepsSpecial) = (vocabulary, keepsSpecial);

    /// <summary>The text that a token completes; often empty.</summary>
    public string Add(int token) =>
        _keepsSpecial || !_vocabulary.IsSpecial(token) ? Read(_vocabulary.BytesOf(token), isLast: false) : string.Empty;

    /// <summary>What is left of bytes that no token completed, as U+FFFD.</summary>
    public string Finish() => Read([], isLast: true);

    private string Read(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var text = new char[_decoder.GetCharCount(bytes, isLast)];
        return new(text, 0, _decoder.GetChars(bytes, text, isLast));
    }
}
