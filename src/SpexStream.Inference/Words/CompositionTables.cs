using System.Collections.Frozen;
using System.IO.Compression;

namespace SpexStream.Inference.Words;

/// <summary>The data of Unicode's canonical composition, unpacked.</summary>
internal sealed class CompositionTables
{
    private readonly ulong[] _unsettled = new ulong[0x110000 / 64];
    private readonly FrozenDictionary<int, byte> _classes;
    private readonly FrozenDictionary<int, (int First, int Second)> _decompositions;
    private readonly FrozenDictionary<(int First, int Second), int> _compositions;

    private CompositionTables()
    {
        using var packed = new MemoryStream(Convert.FromBase64String(CompositionData.Packed));
        using var stream = new DeflateStream(packed, CompressionMode.Decompress);
        _classes = ReadClasses(stream);
        var decompositions = new Dictionary<int, (int, int)>();
        var compositions = new Dictionary<(int, int), int>();
        var character = 0;
        for (var count = ReadNumber(stream); count > 0; count--)
        {
            var step = ReadNumber(stream);
            character += step / 2;
            var parts = (First: ReadNumber(stream), Second: ReadNumber(stream));
            decompositions.Add(character, parts);
            if (step % 2 == 1)
            {
                MarkUnsettled(character);
            }
            else
            {
                compositions.Add(parts, character);
                MarkUnsettled(parts.Second);
            }
        }

        (_decompositions, _compositions) = (decompositions.ToFrozenDictionary(), compositions.ToFrozenDictionary());
        foreach (var mark in _classes.Keys)
        {
            MarkUnsettled(mark);
        }

        for (var part = Hangul.FirstVowel; part < Hangul.EndOfTrails; part++)
        {
            MarkUnsettled(part);
        }
    }

    public static CompositionTables Shared { get; } = new();

    /// <summary>Whether a character may not stay as it is in composed text; a text without any is composed.</summary>
    public bool IsUnsettled(int character) => (_unsettled[character >> 6] >> (character & 63) & 1) != 0;

    /// <summary>Canonical combining class; 0 for what starts a sequence.</summary>
    public byte ClassOf(int character) => _classes.GetValueOrDefault(character);

    /// <summary>The one or two characters (0 for none) that a character stands for.</summary>
    public (int First, int Second)? Decompose(int character) => Hangul.Decompose(character)
        ?? (_decompositions.TryGetValue(character, out var parts) ? parts : null);

    /// <summary>The one character that stands for two; null when there is none.</summary>
    public int? Compose(int first, int second) => Hangul.Compose(first, second)
        ?? (_compositions.TryGetValue((first, second), out var character) ? character : null);

    private static FrozenDictionary<int, byte> ReadClasses(Stream stream)
    {
        var classes = new Dictionary<int, byte>();
        var start = 0;
        for (var runs = ReadNumber(stream); runs > 0; runs--)
        {
            start += ReadNumber(stream);
            var length = ReadNumber(stream);
            var value = (byte)stream.ReadByte();
            for (var i = 0; i < length; i++)
            {
                classes.Add(start + i, value);
            }
        }

        return classes.ToFrozenDictionary();
    }

    private static int ReadNumber(Stream stream)
    {
        for (int value = 0, shift = 0; ; shift += 7)
        {
            var part = stream.ReadByte();
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private void MarkUnsettled(int character) => _unsettled[character >> 6] |= 1UL << (character & 63);
}
