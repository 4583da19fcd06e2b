using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Words;

/// <summary>All tokens of a tokenizer, checked as a whole. Immutable.</summary>
internal sealed class Vocabulary
{
    // Ten times the largest vocabularies of today; a number is the place in a table.
    private const int MostTokens = 1 << 21;

    private readonly byte[]?[] _bytes;
    private readonly int[] _ofByte = new int[256];
    private readonly HashSet<int> _special;

    private Vocabulary(VocabularyDraft draft, MergeTable merges)
    {
        Count = 1 + Math.Max(draft.Tokens.Values.Max(), draft.Added.Select(token => token.Id).DefaultIfEmpty().Max());
        Merges = merges;
        Added = draft.Added.ToDictionary(token => token.Text, StringComparer.Ordinal);
        Raw = new(draft.Added.Where(token => !token.IsComposed));
        Composed = new(draft.Added.Where(token => token.IsComposed)
            .Select(token => token with { Text = ComposedText.Of(token.Text) }));
        _special = [.. draft.Added.Where(token => token.IsSpecial).Select(token => token.Id)];
        _bytes = new byte[]?[Count];
        foreach (var (text, id) in draft.Tokens)
        {
            _bytes[id] = ByteAlphabet.Read(text);
        }

        foreach (var token in draft.Added)
        {
            _bytes[token.Id] = System.Text.Encoding.UTF8.GetBytes(token.Text);
        }

        for (var value = 0; value < _ofByte.Length; value++)
        {
            _ofByte[value] = draft.Tokens[ByteAlphabet.Of((byte)value).ToString()];
        }
    }

    /// <summary>One more than the greatest number.</summary>
    public int Count { get; }

    public MergeTable Merges { get; }

    /// <summary>Added tokens by their text.</summary>
    public IReadOnlyDictionary<string, AddedToken> Added { get; }

    /// <summary>Added tokens that are looked for in the text as it came.</summary>
    public AddedTokens Raw { get; }

    /// <summary>Added tokens that are looked for in the composed text.</summary>
    public AddedTokens Composed { get; }

    /// <summary>The token of a single byte.</summary>
    public int OfByte(byte value) => _ofByte[value];

    public bool IsSpecial(int token) => _special.Contains(token);

    /// <summary>The bytes of a token; none for a number that is no token.</summary>
    public ReadOnlySpan<byte> BytesOf(int token) => (uint)token < (uint)_bytes.Length ? _bytes[token] : [];

    /// <summary>Checks a draft.</summary>
    /// <exception cref="CheckpointException">It is no vocabulary of this kind; all faults are named.</exception>
    public static Vocabulary Of(VocabularyDraft draft)
    {
        var faults = draft.Faults;
        CheckTokens(draft, faults);
        var merges = faults.Count == 0 ? Resolve(draft, faults) : [];
        return faults.Count == 0 ? new(draft, new(merges)) : throw new CheckpointException(draft.Path, faults);
    }

    private static void CheckTokens(VocabularyDraft draft, List<string> faults)
    {
        var owners = new Dictionary<int, string>();
        var added = draft.Added.Select(token => (Id: token.Id, token.Text));
        foreach (var (id, text) in draft.Tokens.Select(token => (Id: token.Value, Text: token.Key)).Concat(added))
        {
            if (id is < 0 or >= MostTokens)
            {
                faults.Add($"token '{HeaderReader.Shown(text)}' has the number {id}, beyond 0 to {MostTokens - 1}");
            }
            else if (!owners.TryAdd(id, text) && owners[id] != text)
            {
                faults.Add(
                    $"tokens '{HeaderReader.Shown(owners[id])}' and '{HeaderReader.Shown(text)}' "
                    + $"have the same number {id}");
            }
        }

        var kept = draft.Added.Select(token => token.Text).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(draft.Tokens.Keys.Where(text => ByteAlphabet.Read(text) is null && !kept.Contains(text))
            .Select(text => $"token '{HeaderReader.Shown(text)}' is not written in the alphabet of bytes"));
        faults.AddRange(Enumerable.Range(0, 256).Select(value => (value, Text: ByteAlphabet.Of((byte)value).ToString()))
            .Where(entry => !draft.Tokens.ContainsKey(entry.Text))
            .Select(entry => $"byte {entry.value} has no token"));
        faults.AddRange(draft.Added.Where(token => token.Text.Length == 0)
            .Select(token => $"added token {token.Id} has no text"));
        faults.AddRange(draft.Added.GroupBy(token => token.Text).Where(group => group.Count() > 1)
            .Select(group => $"added token '{HeaderReader.Shown(group.Key)}' is there {group.Count()} times"));
    }

    private static List<(int Left, int Right, int Joined)> Resolve(VocabularyDraft draft, List<string> faults)
    {
        var merges = new List<(int, int, int)>(draft.Merges.Count);
        var seen = new HashSet<(int, int)>();
        for (var rank = 0; rank < draft.Merges.Count; rank++)
        {
            var (left, right) = draft.Merges[rank];
            var missing = new[] { left, right, left + right }.FirstOrDefault(text => !draft.Tokens.ContainsKey(text));
            if (missing is not null)
            {
                faults.Add($"merge {rank + 1} names '{HeaderReader.Shown(missing)}', which is no token");
            }
            else if (!seen.Add((draft.Tokens[left], draft.Tokens[right])))
            {
                faults.Add(
                    $"merge {rank + 1} of '{HeaderReader.Shown(left)}' and '{HeaderReader.Shown(right)}' "
                    + "was there before");
            }
            else
            {
                merges.Add((draft.Tokens[left], draft.Tokens[right], draft.Tokens[left + right]));
            }
        }

        return merges;
    }
}
