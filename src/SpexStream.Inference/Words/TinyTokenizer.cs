using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SpexStream.Inference.Words;

/// <summary>The tokenizer of an untrained model: every byte is a token, nothing is merged. In the files that a
/// checkpoint has.</summary>
public static class TinyTokenizer
{
    private static readonly string[] Special = ["<|endoftext|>", ChatPrompt.TurnStart, ChatPrompt.TurnEnd];

    /// <summary>Tokens in all: 256 bytes, end of text, start and end of a turn.</summary>
    public static int Count => 256 + Special.Length;

    /// <summary>The token that ends a turn, and with it an answer.</summary>
    public static int TurnEnd => Count - 1;

    /// <summary>Writes <c>vocab.json</c>, <c>merges.txt</c> and <c>tokenizer_config.json</c>; the same bytes every
    /// time.</summary>
    /// <param name="folder">A folder that is there.</param>
    public static void Write(string folder)
    {
        var bytes = Enumerable.Range(0, 256).Select(value => ByteAlphabet.Of((byte)value).ToString());
        WriteJson(Path.Combine(folder, VocabularyFiles.TokensFile), writer =>
        {
            foreach (var (id, text) in bytes.Order(StringComparer.Ordinal).Index())
            {
                writer.WriteNumber(text, id);
            }
        });
        File.WriteAllText(Path.Combine(folder, VocabularyFiles.MergesFile), "#version: 0.2\n", new UTF8Encoding(false));
        WriteJson(Path.Combine(folder, VocabularyFiles.SettingsFile), writer =>
        {
            writer.WriteStartObject("added_tokens_decoder");
            foreach (var (id, text) in Special.Index())
            {
                WriteAdded(writer, 256 + id, text);
            }

            writer.WriteEndObject();
            writer.WriteString("tokenizer_class", "Qwen2Tokenizer");
            writer.WriteString("eos_token", ChatPrompt.TurnEnd);
        });
    }

    private static void WriteAdded(Utf8JsonWriter writer, int id, string text)
    {
        writer.WriteStartObject(id.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("content", text);
        foreach (var name in new[] { "lstrip", "normalized", "rstrip", "single_word" })
        {
            writer.WriteBoolean(name, false);
        }

        writer.WriteBoolean("special", true);
        writer.WriteEndObject();
    }

    private static void WriteJson(string path, Action<Utf8JsonWriter> write)
    {
        using var stream = File.Create(path);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }
}
