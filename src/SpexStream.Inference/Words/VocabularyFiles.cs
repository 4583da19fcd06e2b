using System.Text.Json;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Words;

/// <summary>Reads <c>vocab.json</c>, <c>merges.txt</c> and the added tokens beside them.</summary>
internal static class VocabularyFiles
{
    public const string TokensFile = "vocab.json";
    public const string MergesFile = "merges.txt";
    public const string SettingsFile = "tokenizer_config.json";
    public const string AddedFile = "added_tokens.json";

    private const long MaxMergeBytes = 64L << 20;

    /// <exception cref="CheckpointException">A file is missing or wrong; all faults are named.</exception>
    public static Vocabulary Read(string folder)
    {
        var tokens = Path.Combine(folder, TokensFile);
        if (!File.Exists(tokens))
        {
            throw new CheckpointException(folder, $"there is neither {TokenizerJson.FileName} nor {TokensFile}");
        }

        var draft = new VocabularyDraft(folder);
        using (var document = JsonFile.Read(tokens))
        {
            ReadTokens(document.RootElement, draft);
        }

        ReadMerges(Path.Combine(folder, MergesFile), draft);
        ReadAdded(folder, draft);
        return Vocabulary.Of(draft);
    }

    /// <summary>Numbers by text.</summary>
    public static void ReadTokens(JsonElement entries, VocabularyDraft draft)
    {
        if (entries.ValueKind != JsonValueKind.Object)
        {
            draft.Faults.Add("the vocabulary is not an object");
            return;
        }

        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var id))
            {
                draft.Faults.Add($"token '{HeaderReader.Shown(entry.Name)}' has no number");
            }
            else if (!draft.Tokens.TryAdd(entry.Name, id))
            {
                draft.Faults.Add($"token '{HeaderReader.Shown(entry.Name)}' is there twice");
            }
        }
    }

    /// <summary>Two tokens with a blank between them.</summary>
    public static void AddMerge(string line, int number, VocabularyDraft draft)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank <= 0 || blank == line.Length - 1 || line.LastIndexOf(' ') != blank)
        {
            draft.Faults.Add($"merge {number} '{HeaderReader.Shown(line)}' is not two tokens");
        }
        else
        {
            draft.Merges.Add((line[..blank], line[(blank + 1)..]));
        }
    }

    private static void ReadMerges(string path, VocabularyDraft draft)
    {
        try
        {
            if (new FileInfo(path).Length > MaxMergeBytes)
            {
                throw new CheckpointException(path, $"has more than {MaxMergeBytes} bytes");
            }

            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                // The first line may name the version of the format.
                if (line.Length > 0 && !(number == 0 && line.StartsWith("#version", StringComparison.Ordinal)))
                {
                    AddMerge(line, ++number, draft);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            draft.Faults.Add($"{MergesFile} cannot be read ({fault.Message})");
        }
    }

    private static void ReadAdded(string folder, VocabularyDraft draft)
    {
        var (settings, added) = (Path.Combine(folder, SettingsFile), Path.Combine(folder, AddedFile));
        if (File.Exists(settings))
        {
            using var document = JsonFile.Read(settings);
            if (TokenizerJson.Find(document.RootElement, "added_tokens_decoder") is { } entries)
            {
                AddedTokenReader.ReadByNumber(entries, draft);
                return;
            }
        }

        if (File.Exists(added))
        {
            using var document = JsonFile.Read(added);
            AddedTokenReader.ReadByText(document.RootElement, draft);
        }
    }
}
