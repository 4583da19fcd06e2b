using System.Text;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Words;

/// <summary>
/// Text to token numbers and back, as Qwen2's tokenizer does it: added tokens are cut out whole, the rest is composed
/// (NFC), cut into words, and the bytes of each word are merged. Every text has tokens. Immutable but for a cache of
/// fixed size; safe for use from several threads.
/// </summary>
/// <remarks>A surrogate without its partner counts as U+FFFD. <see cref="Decode"/> gives back the composed
/// text.</remarks>
public sealed class Tokenizer
{
    private readonly Vocabulary _vocabulary;
    private readonly WordCache _cache = new();

    internal Tokenizer(Vocabulary vocabulary) => _vocabulary = vocabulary;

    /// <summary>One more than the greatest number of a token.</summary>
    public int Count => _vocabulary.Count;

    /// <summary>Reads <c>tokenizer.json</c>, or <c>vocab.json</c> and <c>merges.txt</c> with the added tokens of
    /// <c>tokenizer_config.json</c> or <c>added_tokens.json</c>.</summary>
    /// <exception cref="CheckpointException">A file is missing or wrong; all faults are named.</exception>
    public static Tokenizer Open(string folder)
    {
        var path = Path.Combine(folder, TokenizerJson.FileName);
        try
        {
            return new(File.Exists(path) ? TokenizerJson.Read(path) : VocabularyFiles.Read(folder));
        }
        catch (InvalidOperationException fault)
        {
            // JSON allows an escape of half a surrogate pair in a name; it is no text.
            throw new CheckpointException(
                folder, $"a file of the tokenizer holds what is no text ({fault.Message.TrimEnd('.')})", fault);
        }
    }

    /// <summary>The number of an added token such as <c>&lt;|im_end|&gt;</c>; null when there is none of this
    /// text.</summary>
    public int? FindAdded(string text) => _vocabulary.Added.TryGetValue(text, out var token) ? token.Id : null;

    /// <summary>Tokens of a text in which added tokens stand for themselves.</summary>
    public int[] Encode(string text)
    {
        var tokens = new List<int>((text.Length / 3) + 8);
        text = WellFormed(text);
        CutOut(text, _vocabulary.Raw, tokens, part =>
            CutOut(ComposedText.Of(part), _vocabulary.Composed, tokens, words => AddWords(words, tokens)));
        return [.. tokens];
    }

    /// <summary>Tokens of a text from outside: what looks like an added token in it is text like any other.</summary>
    public int[] EncodePlain(string text)
    {
        var tokens = new List<int>((text.Length / 3) + 8);
        AddWords(ComposedText.Of(WellFormed(text)), tokens);
        return [.. tokens];
    }

    /// <summary>The text of tokens. Bytes that are no UTF-8 become U+FFFD; numbers of no token give nothing.</summary>
    /// <param name="tokens">Any numbers.</param>
    /// <param name="keepsSpecial">Whether special tokens are written out.</param>
    public string Decode(ReadOnlySpan<int> tokens, bool keepsSpecial = false)
    {
        var growing = NewText(keepsSpecial);
        var text = new StringBuilder();
        foreach (var token in tokens)
        {
            text.Append(growing.Add(token));
        }

        return text.Append(growing.Finish()).ToString();
    }

    /// <summary>Decodes tokens one by one as they are generated.</summary>
    public GrowingText NewText(bool keepsSpecial = false) => new(_vocabulary, keepsSpecial);

    private static string WellFormed(string text) =>
        // Encoding and back replaces what has no partner; nothing else changes.
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    private static void CutOut(string text, AddedTokens added, List<int> tokens, Action<string> addRest)
    {
        var place = 0;
        while (place < text.Length)
        {
            var found = added.Next(text, place);
            var end = found?.Place ?? text.Length;
            if (end > place)
            {
                addRest(end - place == text.Length ? text : text[place..end]);
            }

            if (found is { } cut)
            {
                tokens.Add(cut.Token.Id);
            }

            place = end + (found?.Token.Text.Length ?? 0);
        }
    }

    private void AddWords(string text, List<int> tokens)
    {
        Span<byte> buffer = stackalloc byte[256];
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = WordCutter.End(text, start);
            var word = text.AsSpan(start, end - start);
            // A unit of UTF-16 takes three bytes at most.
            var bytes = word.Length <= buffer.Length / 3 ? buffer : new byte[Encoding.UTF8.GetByteCount(word)];
            AddWord(bytes[..Encoding.UTF8.GetBytes(word, bytes)], tokens);
        }
    }

    private void AddWord(ReadOnlySpan<byte> word, List<int> tokens)
    {
        var place = 0;
        var isShort = word.Length <= WordCache.LongestWord;
        if (isShort && _cache.Find(word, out place) is { } known)
        {
            tokens.AddRange(known);
            return;
        }

        var merged = isShort ? stackalloc int[WordCache.LongestWord] : new int[word.Length];
        merged = merged[..word.Length];
        for (var i = 0; i < word.Length; i++)
        {
            merged[i] = _vocabulary.OfByte(word[i]);
        }

        merged = merged[..PairMerger.Merge(merged, _vocabulary.Merges)];
        tokens.AddRange(merged);
        if (isShort)
        {
            _cache.Keep(place, word, merged);
        }
    }
}
