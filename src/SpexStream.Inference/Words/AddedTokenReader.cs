using System.Globalization;
using System.Text.Json;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Words;

/// <summary>Reads added tokens in each of the forms that a checkpoint may have them.</summary>
internal static class AddedTokenReader
{
    private static readonly string[] Unknown = ["lstrip", "rstrip", "single_word"];

    /// <summary>The list of <c>tokenizer.json</c>: objects with their number in <c>id</c>.</summary>
    public static void ReadList(JsonElement list, VocabularyDraft draft)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            draft.Faults.Add("added_tokens is not a list");
            return;
        }

        foreach (var entry in list.EnumerateArray())
        {
            if (TokenizerJson.Find(entry, "id") is { ValueKind: JsonValueKind.Number } number
                && number.TryGetInt32(out var id))
            {
                Add(id, entry, draft);
            }
            else
            {
                draft.Faults.Add("an added token has no id");
            }
        }
    }

    /// <summary>The object <c>added_tokens_decoder</c> of <c>tokenizer_config.json</c>: objects by number.</summary>
    public static void ReadByNumber(JsonElement entries, VocabularyDraft draft)
    {
        if (entries.ValueKind != JsonValueKind.Object)
        {
            draft.Faults.Add("added_tokens_decoder is not an object");
            return;
        }

        foreach (var entry in entries.EnumerateObject())
        {
            if (int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                Add(id, entry.Value, draft);
            }
            else
            {
                draft.Faults.Add(
                    $"added_tokens_decoder has an entry '{HeaderReader.Shown(entry.Name)}', which is no number");
            }
        }
    }

    /// <summary>The file <c>added_tokens.json</c>: numbers by text. It does not say which are special; Qwen's are
    /// written as <c>&lt;|...|&gt;</c>.</summary>
    public static void ReadByText(JsonElement entries, VocabularyDraft draft)
    {
        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out var id))
            {
                var isSpecial = entry.Name.StartsWith("<|", StringComparison.Ordinal)
                    && entry.Name.EndsWith("|>", StringComparison.Ordinal);
                draft.Added.Add(new(id, entry.Name, isSpecial, IsComposed: false));
            }
            else
            {
                draft.Faults.Add($"added token '{HeaderReader.Shown(entry.Name)}' has no number");
            }
        }
    }

    private static void Add(int id, JsonElement entry, VocabularyDraft draft)
    {
        if (TokenizerJson.Find(entry, "content") is not { } content || JsonFile.Text(content) is not { } text)
        {
            draft.Faults.Add($"added token {id} has no content");
            return;
        }

        draft.Faults.AddRange(Unknown.Where(name => IsSet(entry, name))
            .Select(name => $"added token '{HeaderReader.Shown(text)}' has {name} set, which is not understood"));
        draft.Added.Add(new(id, text, IsSet(entry, "special"), IsSet(entry, "normalized")));
    }

    private static bool IsSet(JsonElement entry, string name) =>
        TokenizerJson.Find(entry, name) is { ValueKind: JsonValueKind.True };
}
