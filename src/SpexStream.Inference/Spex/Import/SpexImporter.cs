using System.Collections.Immutable;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Weights;
using SpexStream.Inference.Words;

namespace SpexStream.Inference.Spex.Import;

/// <summary>
/// Makes a pack of a checkpoint in the layout of the release. Weights are streamed from the mapped files to the pack's:
/// at no time is more than a quarter of a gigabyte of them in memory.
/// </summary>
public static class SpexImporter
{
    private const string ConfigFile = "config.json";
    private const string GenerationFile = "generation_config.json";

    /// <summary>Imports a folder with <c>config.json</c>, safetensors and the tokenizer's files.</summary>
    /// <param name="checkpoint">The folder.</param>
    /// <param name="pack">Where the pack is made; must not exist.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told, in words, what is about to be done and what the pack will lack.</param>
    /// <exception cref="CheckpointException">The checkpoint cannot be used; every tensor that is missing, unknown or of
    /// another shape is named.</exception>
    /// <exception cref="IOException">The pack is there already, or cannot be written.</exception>
    public static SpexDescription Import(
        string checkpoint, string pack, SpexImportOptions options, Action<string>? progress = null)
    {
        var config = CheckpointConfig.Read(Path.Combine(checkpoint, ConfigFile));
        using var folder = CheckpointFolder.Open(checkpoint);
        var tokenizer = TokenizerOf(checkpoint);
        var vocabulary = config.Int("llm", "vocab_size", () => int.MaxValue);
        if (tokenizer is null || tokenizer.Count > vocabulary)
        {
            progress?.Invoke(tokenizer is null
                ? "no files of a tokenizer: the pack cannot be asked anything before it has them"
                : $"the tokenizer has {tokenizer.Count} tokens and the model knows {vocabulary}: the pack cannot be "
                    + "asked anything");
            tokenizer = null;
        }

        var ends = Ends(checkpoint, config, tokenizer);
        var name = options.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkpoint)));
        return Import(folder.Tensors, config, pack, options with { Name = name }, ends, progress ?? (_ => { }), into =>
        {
            foreach (var file in SpexPackFiles.Tokenizer.Where(file => File.Exists(Path.Combine(checkpoint, file))))
            {
                File.Copy(Path.Combine(checkpoint, file), Path.Combine(into, file));
            }
        });
    }

    private static Tokenizer? TokenizerOf(string checkpoint) =>
        SpexPackFiles.Tokenizer.Any(file => File.Exists(Path.Combine(checkpoint, file)))
            ? Tokenizer.Open(checkpoint)
            : null;

    // Where neither description names an end, the one that ends a turn is meant: without any, each answer would go on
    // to its limit.
    private static ImmutableArray<int> Ends(string checkpoint, CheckpointConfig config, Tokenizer? tokenizer)
    {
        var path = Path.Combine(checkpoint, GenerationFile);
        var generation = File.Exists(path) ? CheckpointConfig.Read(path) : null;
        ImmutableArray<int> named =
        [
            .. config.Tokens("llm", "eos_token_id").Concat(generation?.Tokens("llm", "eos_token_id") ?? []).Distinct(),
        ];
        if (generation is { Faults: [var fault, ..] })
        {
            throw new CheckpointException(path, fault);
        }

        return named.IsEmpty && tokenizer?.FindAdded(ChatPrompt.TurnEnd) is { } end ? [end] : named;
    }

    /// <summary>Imports tensors that are at hand under a description that is.</summary>
    internal static SpexDescription Import(
        IReadOnlyDictionary<string, CheckpointTensor> tensors,
        CheckpointConfig config,
        string pack,
        SpexImportOptions options,
        ImmutableArray<int> ends,
        Action<string> progress,
        Action<string> addFiles,
        string prefix = "")
    {
        var shapes = new CheckpointShapes(tensors, prefix);
        var sizes = new SizeReader(config, shapes).Read(options.MostPositions);
        var weights = new CheckpointWeights(tensors, prefix);
        var bands = options.Bands.IsDefaultOrEmpty ? SpexInput.Released.Bands : options.Bands;
        // Where the sizes contradict each other, no graph can be written that would ask for weights.
        RefuseIf([.. config.Faults, .. SizeRules.Faults(sizes)]);
        var description = new SpexDescription
        {
            Name = options.Name ?? "spex",
            Version = options.Version,
            Trained = true,
            Precision = options.Precision,
            Sizes = sizes,
            Input = bands.SequenceEqual(SpexInput.Released.Bands)
                ? SpexInput.Released with { SizePixels = options.SizePixels }
                : SpexInput.Of(bands, options.SizePixels),
            Limits = new SpexLimits(options.MostNewTokens, sizes.Language.Positions, ends),
            ClassWords = SpexClassWords.Released,
            Files = ImmutableSortedDictionary<string, string>.Empty,
        };
        return SpexPackWriter.Write(
            weights,
            description,
            pack,
            () =>
            {
                RefuseIf([.. Faults(weights, sizes, bands)]);
                // What no pack may say of itself need not be written first.
                RefuseIf([.. SpexDescriptionRules.Faults(description)]);
            },
            addFiles,
            progress);
    }

    private static IEnumerable<string> Faults(CheckpointWeights weights, SpexSizes sizes, ImmutableArray<string> bands)
    {
        var channels = sizes.Vision.Backbone.Bands;
        IEnumerable<string> miscounted = bands.Length == channels
            ? []
            : [$"the network takes {channels} bands, and {bands.Length} are named ({string.Join(", ", bands)})"];
        return [.. miscounted, .. weights.Faults, .. weights.Extra(name => SpexGraphs.IsUnused(name, sizes))];
    }

    private static void RefuseIf(IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new CheckpointException("checkpoint", faults);
        }
    }
}
