using System.Text.Json;

namespace SpexStream.Inference.Words;

/// <summary>What the steps around the merging must be, for the tokens to be Qwen2's.</summary>
internal static class StepRules
{
    /// <summary>What is otherwise in a <c>tokenizer.json</c>.</summary>
    public static IEnumerable<string> Faults(JsonElement root)
    {
        var normalizers = Steps(root, "normalizer", "normalizers");
        if (normalizers.Count != 1 || TypeOf(normalizers[0]) != "NFC")
        {
            yield return "normalizer is not NFC";
        }

        var cuts = Steps(root, "pre_tokenizer", "pretokenizers");
        if (cuts.Count != 2 || TypeOf(cuts[0]) != "Split" || !IsPattern(cuts[0]))
        {
            yield return "pre_tokenizer does not split by Qwen2's pattern";
        }

        if (cuts.Count != 2 || TypeOf(cuts[1]) != "ByteLevel" || IsSet(cuts[1], "use_regex") != false
            || IsSet(cuts[1], "add_prefix_space") != false)
        {
            yield return "pre_tokenizer does not go on by bytes, without a pattern and a blank of its own";
        }

        if (Steps(root, "post_processor", "processors").Exists(step => TypeOf(step) != "ByteLevel"))
        {
            yield return "post_processor adds tokens of its own, which is not understood";
        }

        if (Steps(root, "decoder", "decoders").Exists(step => TypeOf(step) != "ByteLevel"))
        {
            yield return "decoder is not that of bytes";
        }
    }

    private static List<JsonElement> Steps(JsonElement root, string name, string list)
    {
        if (TokenizerJson.Find(root, name) is not { } step)
        {
            return [];
        }

        return TypeOf(step) == "Sequence" && TokenizerJson.Find(step, list) is { ValueKind: JsonValueKind.Array } steps
            ? [.. steps.EnumerateArray()]
            : [step];
    }

    private static string? TypeOf(JsonElement step) =>
        TokenizerJson.Find(step, "type") is { } type ? JsonFile.Text(type) : null;

    private static bool IsPattern(JsonElement split) =>
        TokenizerJson.Find(split, "pattern") is { } pattern
        && TokenizerJson.Find(pattern, "Regex") is { } text && JsonFile.Text(text) == WordCutter.Pattern
        && TokenizerJson.Find(split, "behavior") is { } behaviour && JsonFile.Text(behaviour) == "Isolated"
        && IsSet(split, "invert") != true;

    // As the format's own reader takes them: a missing switch of ByteLevel is on.
    private static bool? IsSet(JsonElement step, string name) => TokenizerJson.Find(step, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
