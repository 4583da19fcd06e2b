using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SpexStream.Inference.Words;

namespace SpexStream.Tests.Inference.Words;

/// <summary>Trains a small vocabulary of byte pairs on a text, and writes it as a checkpoint would have it.</summary>
internal sealed partial class PairTrainer
{
    public static readonly string[] Special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];

    public PairTrainer(string text, int merges)
    {
        var words = Words().Matches(text).Select(match => Letters(match.Value)).ToList();
        for (var i = 0; i < merges; i++)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.ToString(), StringComparer.Ordinal)
                .FirstOrDefault();
            if (best is null)
            {
                break;
            }

            Merges.Add((best.Key.First, best.Key.Second));
            words.ForEach(word => Join(word, best.Key));
        }

        Tokens = [.. Enumerable.Range(0, 256)
            .Select(value => ByteAlphabet.Of((byte)value).ToString()).Order(StringComparer.Ordinal)];
        Tokens.AddRange(Merges.Select(merge => merge.Left + merge.Right).Except(Tokens).ToList());
    }

    public List<(string Left, string Right)> Merges { get; } = [];

    public List<string> Tokens { get; }

    public static List<string> Letters(string text) =>
        [.. Encoding.UTF8.GetBytes(text).Select(value => ByteAlphabet.Of(value).ToString())];

    /// <summary>The one file.</summary>
    public JsonObject TokenizerJson(bool mergesArePairs = false) => new()
    {
        ["added_tokens"] = new JsonArray([.. Special.Select((text, i) => (JsonNode)Added(text, Tokens.Count + i))]),
        ["normalizer"] = new JsonObject { ["type"] = "NFC" },
        ["pre_tokenizer"] = new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "Split",
                    ["pattern"] = new JsonObject { ["Regex"] = WordCutter.Pattern },
                    ["behavior"] = "Isolated",
                    ["invert"] = false,
                },
                ByBytes()),
        },
        ["post_processor"] = ByBytes(),
        ["decoder"] = ByBytes(),
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["dropout"] = null,
            ["continuing_subword_prefix"] = "",
            ["byte_fallback"] = false,
            ["vocab"] = Vocabulary(),
            ["merges"] = new JsonArray([.. Merges.Select(merge => mergesArePairs
                ? (JsonNode)new JsonArray(merge.Left, merge.Right)
                : $"{merge.Left} {merge.Right}")]),
        },
    };

    /// <summary>The files of the older kind.</summary>
    public void WriteFiles(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "vocab.json"), Vocabulary().ToJsonString());
        File.WriteAllLines(
            Path.Combine(folder, "merges.txt"),
                Merges.Select(merge => $"{merge.Left} {merge.Right}").Prepend("#version: 0.2"));
        var added = Special.Select((text, i) => KeyValuePair.Create(
            $"{Tokens.Count + i}", (JsonNode?)Added(text, Tokens.Count + i)));
        File.WriteAllText(
            Path.Combine(folder, "tokenizer_config.json"),
            new JsonObject { ["added_tokens_decoder"] = new JsonObject(added) }.ToJsonString());
    }

    public void WriteJson(string folder) =>
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), TokenizerJson().ToJsonString());

    private static JsonObject Added(string text, int id) => new()
    {
        ["id"] = id,
        ["content"] = text,
        ["special"] = true,
        ["normalized"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["single_word"] = false,
    };

    private static JsonObject ByBytes() =>
        new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = false, ["use_regex"] = false };

    private JsonObject Vocabulary() => new(Tokens.Select((text, id) => KeyValuePair.Create(text, (JsonNode?)id)));

    private static void Join(List<string> word, (string First, string Second) pair)
    {
        for (var i = 0; i + 1 < word.Count; i++)
        {
            if (word[i] == pair.First && word[i + 1] == pair.Second)
            {
                word[i] += pair.Second;
                word.RemoveAt(i + 1);
            }
        }
    }

    [GeneratedRegex(@" ?\w+| ?[^\s\w]+|\s+")]
    private static partial Regex Words();
}
