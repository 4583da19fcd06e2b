using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Words;

/// <summary>The tokens that end an answer.</summary>
public static class StopTokens
{
    private static readonly string[] Files = ["generation_config.json", "config.json"];

    /// <summary>
    /// The <c>eos_token_id</c> (a number or a list of numbers) of <c>generation_config.json</c>, else of
    /// <c>config.json</c>, else the token that ends a turn.
    /// </summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <exception cref="CheckpointException">What a file says is no token, or nothing ends an answer.</exception>
    public static ImmutableSortedSet<int> Read(string folder, Tokenizer tokenizer)
    {
        foreach (var path in Files.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            using var document = JsonFile.Read(path);
            if (TokenizerJson.Find(document.RootElement, "eos_token_id") is { } value)
            {
                return Read(value, path);
            }
        }

        return tokenizer.FindAdded(ChatPrompt.TurnEnd) is { } end
            ? [end]
            : throw new CheckpointException(folder,
                $"no file names an eos_token_id, and there is no '{ChatPrompt.TurnEnd}'");
    }

    private static ImmutableSortedSet<int> Read(JsonElement value, string path)
    {
        var entries = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value];
        var tokens = ImmutableSortedSet.CreateBuilder<int>();
        foreach (var entry in entries)
        {
            // A model may have more numbers than its tokenizer has tokens; one that never comes does no harm.
            if (entry.ValueKind != JsonValueKind.Number || !entry.TryGetInt32(out var token) || token < 0)
            {
                throw new CheckpointException(
                    path, $"eos_token_id is {HeaderReader.Shown(value.GetRawText())}, which is no token");
            }

            tokens.Add(token);
        }

        return tokens.Count > 0 ? tokens.ToImmutable()
            : throw new CheckpointException(path, "eos_token_id is an empty list");
    }
}
