using System.Text;

namespace SpexStream.Inference.Words;

/// <summary>
/// Unicode's composed form (NFC, Unicode Standard Annex 15), by our own tables: built without culture data, the base
/// class library takes every text for composed.
/// </summary>
internal static class ComposedText
{
    private const char FirstUnsettled = '\u0300';

    /// <summary>The composed form of well-formed text.</summary>
    public static string Of(string text) => IsComposed(text) ? text : Compose(text);

    private static bool IsComposed(ReadOnlySpan<char> text)
    {
        var place = text.IndexOfAnyInRange(FirstUnsettled, char.MaxValue);
        if (place < 0)
        {
            return true;
        }

        foreach (var rune in text[place..].EnumerateRunes())
        {
            if (CompositionTables.Shared.IsUnsettled(rune.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static string Compose(string text)
    {
        var tables = CompositionTables.Shared;
        var characters = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, tables, characters);
        }

        Order(characters, tables);
        Join(characters, tables);
        var composed = new StringBuilder(text.Length);
        foreach (var character in characters)
        {
            composed.Append(new Rune(character).ToString());
        }

        return composed.ToString();
    }

    // No decomposition is deeper than a few steps.
    private static void Decompose(int character, CompositionTables tables, List<int> characters)
    {
        if (tables.Decompose(character) is not { } parts)
        {
            characters.Add(character);
            return;
        }

        Decompose(parts.First, tables, characters);
        if (parts.Second != 0)
        {
            Decompose(parts.Second, tables, characters);
        }
    }

    /// <summary>Marks behind a starter are ordered by class; those of one class keep their order.</summary>
    private static void Order(List<int> characters, CompositionTables tables)
    {
        for (var start = 0; start < characters.Count; start++)
        {
            var end = start;
            while (end < characters.Count && tables.ClassOf(characters[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var ordered = characters.GetRange(start, end - start).OrderBy(tables.ClassOf).ToList();
                for (var i = 0; i < ordered.Count; i++)
                {
                    characters[start + i] = ordered[i];
                }
            }

            start = end;
        }
    }

    /// <summary>Joins each starter with what may be joined to it and is not shut off by a mark of the same
    /// class.</summary>
    private static void Join(List<int> characters, CompositionTables tables)
    {
        var (starter, kept, lastClass) = (-1, 0, 0);
        foreach (var character in characters.ToArray())
        {
            var ownClass = tables.ClassOf(character);
            var isOpen = starter >= 0 && (kept == starter + 1 || (lastClass != 0 && lastClass < ownClass));
            if (isOpen && tables.Compose(characters[starter], character) is { } joined)
            {
                characters[starter] = joined;
                continue;
            }

            if (ownClass == 0)
            {
                starter = kept;
            }

            (characters[kept++], lastClass) = (character, ownClass);
        }

        characters.RemoveRange(kept, characters.Count - kept);
    }
}
