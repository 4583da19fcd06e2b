using System.Runtime.InteropServices;

namespace SpexStream.Inference.Words;

/// <summary>
/// Remembers the tokens of words that were met before. A fixed number of places; a new word takes the place of an old
/// one. Safe for use from several threads: an entry is immutable and stored as a whole.
/// </summary>
internal sealed class WordCache
{
    /// <summary>Longest word that is kept, in bytes.</summary>
    public const int LongestWord = 40;

    private const int Places = 1 << 14;

    private readonly Entry?[] _entries = new Entry?[Places];

    /// <summary>The tokens of a word; null when it is not known.</summary>
    public int[]? Find(ReadOnlySpan<byte> word, out int place)
    {
        place = PlaceOf(word);
        return Volatile.Read(ref _entries[place]) is { } entry && word.SequenceEqual(entry.Word) ? entry.Tokens : null;
    }

    /// <summary>Remembers a word at the place that <see cref="Find"/> said.</summary>
    public void Keep(int place, ReadOnlySpan<byte> word, ReadOnlySpan<int> tokens) =>
        Volatile.Write(ref _entries[place], new(word.ToArray(), tokens.ToArray()));

    private static int PlaceOf(ReadOnlySpan<byte> word)
    {
        var hash = (ulong)word.Length;
        for (; word.Length >= 8; word = word[8..])
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(word)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }

        foreach (var value in word)
        {
            hash = (hash ^ value) * 0x100000001B3;
        }

        return (int)((hash * 0x9E3779B97F4A7C15) >> 50);
    }

    private sealed record Entry(byte[] Word, int[] Tokens);
}
