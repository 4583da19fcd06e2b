using System.Text.Json;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Words;

/// <summary>Reads <c>tokenizer.json</c>, and refuses settings under which tokens would come out otherwise than
/// Qwen2's.</summary>
internal static class TokenizerJson
{
    public const string FileName = "tokenizer.json";

    /// <exception cref="CheckpointException">It is not of this kind; all faults are named.</exception>
    public static Vocabulary Read(string path)
    {
        using var document = JsonFile.Read(path);
        var draft = new VocabularyDraft(path);
        var root = document.RootElement;
        if (Find(root, "model") is { ValueKind: JsonValueKind.Object } model)
        {
            ReadModel(model, draft);
        }
        else
        {
            draft.Faults.Add("has no object 'model'");
        }

        if (Find(root, "added_tokens") is { } added)
        {
            AddedTokenReader.ReadList(added, draft);
        }

        draft.Faults.AddRange(StepRules.Faults(root));
        return Vocabulary.Of(draft);
    }

    /// <summary>A member that is there and not null.</summary>
    public static JsonElement? Find(JsonElement owner, string name) => owner.ValueKind == JsonValueKind.Object
        && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void ReadModel(JsonElement model, VocabularyDraft draft)
    {
        if (Find(model, "type") is { } type && JsonFile.Text(type) != "BPE")
        {
            draft.Faults.Add($"model.type is {type.GetRawText()}, not BPE");
        }

        foreach (var name in new[] { "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (Find(model, name) is { } value && JsonFile.Text(value) is not "")
            {
                draft.Faults.Add($"model.{name} is {value.GetRawText()}, which is not understood");
            }
        }

        foreach (var name in new[] { "byte_fallback", "ignore_merges" })
        {
            if (Find(model, name) is { ValueKind: not JsonValueKind.False })
            {
                draft.Faults.Add($"model.{name} is set, which is not understood");
            }
        }

        if (Find(model, "vocab") is { } vocabulary)
        {
            VocabularyFiles.ReadTokens(vocabulary, draft);
        }
        else
        {
            draft.Faults.Add("has no model.vocab");
        }

        if (Find(model, "merges") is { ValueKind: JsonValueKind.Array } merges)
        {
            ReadMerges(merges, draft);
        }
        else
        {
            draft.Faults.Add("has no list model.merges");
        }
    }

    private static void ReadMerges(JsonElement merges, VocabularyDraft draft)
    {
        foreach (var merge in merges.EnumerateArray())
        {
            if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2
                && JsonFile.Text(merge[0]) is { } left && JsonFile.Text(merge[1]) is { } right)
            {
                draft.Merges.Add((left, right));
            }
            else
            {
                VocabularyFiles.AddMerge(JsonFile.Text(merge) ?? "", draft.Merges.Count + 1, draft);
            }
        }
    }
}
