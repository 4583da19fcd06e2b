using System.Globalization;
using System.Text.Json.Nodes;
using SpexStream.Inference.Words;

namespace SpexStream.Inference.Spex.Import;

/// <summary>Files of a tokenizer without merges: a token for each byte, and those that stand for turns.</summary>
internal static class ByteTokenizer
{
    /// <summary>Number of the token that ends a text.</summary>
    public const int TextEnd = 256;

    /// <summary>Number of the token that ends a turn.</summary>
    public const int TurnEnd = 258;

    /// <summary>Number of tokens.</summary>
    public const int Count = 259;

    private static readonly string[] Special = ["<|endoftext|>", ChatPrompt.TurnStart, ChatPrompt.TurnEnd];

    /// <summary>Writes the files into a folder.</summary>
    public static void Write(string folder)
    {
        var tokens = new JsonObject(Enumerable.Range(0, TextEnd).Select(value =>
            KeyValuePair.Create(ByteAlphabet.Of((byte)value).ToString(), (JsonNode?)JsonValue.Create(value))));
        var added = new JsonObject(Special.Select((text, index) => KeyValuePair.Create(
            (TextEnd + index).ToString(CultureInfo.InvariantCulture),
            (JsonNode?)new JsonObject
            {
                ["content"] = text,
                ["lstrip"] = false,
                ["normalized"] = false,
                ["rstrip"] = false,
                ["single_word"] = false,
                ["special"] = true,
            })));
        File.WriteAllText(Path.Combine(folder, VocabularyFiles.TokensFile), tokens.ToJsonString());
        File.WriteAllText(Path.Combine(folder, VocabularyFiles.MergesFile), "#version: 0.2\n");
        File.WriteAllText(
            Path.Combine(folder, VocabularyFiles.SettingsFile),
            new JsonObject { ["added_tokens_decoder"] = added }.ToJsonString());
    }
}
