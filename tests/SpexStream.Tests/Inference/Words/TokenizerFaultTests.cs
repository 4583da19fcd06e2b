using System.Text.Json.Nodes;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Words;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Inference.Words;

/// <summary>Files of a tokenizer that would give other tokens than the model was trained on are refused.</summary>
public sealed class TokenizerFaultTests : IDisposable
{
    private static readonly PairTrainer Trained = new("the water and the vegetation of the scene", 12);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, Action<JsonObject>> Changes => new()
    {
        { "normalizer is not NFC", json => json["normalizer"] = null },
        { "normalizer is not NFC", json => json["normalizer"]!["type"] = "NFKC" },
        { "does not split by Qwen2's pattern",
            json => json["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"]!["Regex"] = "x" },
        { "does not split by Qwen2's pattern",
            json => json["pre_tokenizer"]!["pretokenizers"]![0]!["behavior"] = "Removed" },
        { "without a pattern and a blank",
            json => json["pre_tokenizer"]!["pretokenizers"]![1]!["add_prefix_space"] = true },
        { "post_processor adds tokens", json => json["post_processor"]!["type"] = "TemplateProcessing" },
        { "decoder is not that of bytes", json => json["decoder"]!["type"] = "WordPiece" },
        { "has no object 'model'", json => json.Remove("model") },
        { "model.type is \"Unigram\"", json => json["model"]!["type"] = "Unigram" },
        { "model.dropout is 0.1", json => json["model"]!["dropout"] = 0.1 },
        { "model.byte_fallback is set", json => json["model"]!["byte_fallback"] = true },
        { "has no model.vocab", json => json["model"]!.AsObject().Remove("vocab") },
        { "has no list model.merges", json => json["model"]!.AsObject().Remove("merges") },
        { "byte 33 has no token", json => json["model"]!["vocab"]!.AsObject().Remove("!") },
        { "token '!' has no number", json => json["model"]!["vocab"]!["!"] = "x" },
        { "same number 5", json => json["model"]!["vocab"]!["!"] = 5 },
        { "token '!' has the number -1", json => json["model"]!["vocab"]!["!"] = -1 },
        { "has the number 2000000000", json => json["model"]!["vocab"]!["!"] = 2_000_000_000 },
        { "token 'a b' is not written in the alphabet", json => json["model"]!["vocab"]!["a b"] = 2000 },
        { "merge 1 'x' is not two tokens", json => json["model"]!["merges"]![0] = "x" },
        { "merge 1 names 'zq', which is no token", json => json["model"]!["merges"]![0] = "zq t" },
        { "merge 2 of", json => json["model"]!["merges"]![1] = json["model"]!["merges"]![0]!.DeepClone() },
        { "added_tokens is not a list", json => json["added_tokens"] = 3 },
        { "an added token has no id", json => json["added_tokens"]![0] = new JsonObject() },
        { "has lstrip set", json => json["added_tokens"]![0]!["lstrip"] = true },
        { "added token 300 has no text", json =>
            json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 300, ["content"] = "" }) },
        {
            "added token '<|im_end|>' is there 2 times",
            json => json["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = 300, ["content"] = "<|im_end|>" })
        },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_wrong_file_is_refused_and_its_fault_named(string fault, Action<JsonObject> change)
    {
        var json = Trained.TokenizerJson();
        change(json);
        File.WriteAllText(_folder["tokenizer.json"], json.ToJsonString());
        Assert.Contains(fault, Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "is not a JSON object")]
    [InlineData("{", "is not JSON")]
    [InlineData("{\"model\":{\"vocab\":{\"\\ud800\":1},\"merges\":[]}}", "is no text")]
    public void A_file_that_is_no_object_is_refused(string content, string fault)
    {
        File.WriteAllText(_folder["tokenizer.json"], content);
        Assert.Contains(fault, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_tokenizer_is_refused() =>
        Assert.Contains("neither tokenizer.json nor vocab.json", Refusal(), StringComparison.Ordinal);

    [Fact]
    public void Missing_merges_are_named()
    {
        Trained.WriteFiles(_folder.Root);
        File.Delete(_folder["merges.txt"]);
        Assert.Contains("merges.txt cannot be read", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Added_tokens_may_come_from_the_oldest_kind_of_file()
    {
        Trained.WriteFiles(_folder.Root);
        File.Delete(_folder["tokenizer_config.json"]);
        File.WriteAllText(_folder["added_tokens.json"], "{\"<|im_end|>\":400}");
        var tokenizer = Tokenizer.Open(_folder.Root);
        Assert.Equal([400], tokenizer.Encode("<|im_end|>"));
        Assert.Equal(string.Empty, tokenizer.Decode([400]));
    }

    private string Refusal() => Assert.Throws<CheckpointException>(() => Tokenizer.Open(_folder.Root)).Message;
}
