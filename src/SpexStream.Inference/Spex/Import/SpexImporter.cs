using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Import;

/// <summary>
/// Makes a pack of a checkpoint in the layout of the release. Weights are streamed from the mapped files to the pack's: at
/// no time is more than a quarter of a gigabyte of them in memory.
/// </summary>
public static class SpexImporter
{
    private const string ConfigFile = "config.json";
    private const string GenerationFile = "generation_config.json";

    /// <summary>Imports a folder with <c>config.json</c>, safetensors and the tokenizer's files.</summary>
    /// <param name="checkpoint">The folder.</param>
    /// <param name="pack">Where the pack is made; must not exist.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told each file that is about to be written.</param>
    /// <exception cref="CheckpointException">The checkpoint cannot be used; every tensor that is missing, unknown or of
    /// another shape is named.</exception>
    /// <exception cref="IOException">The pack is there already, or cannot be written.</exception>
    public static SpexDescription Import(
        string checkpoint, string pack, SpexImportOptions options, Action<string>? progress = null)
    {
        var config = CheckpointConfig.Read(Path.Combine(checkpoint, ConfigFile));
        using var folder = CheckpointFolder.Open(checkpoint);
        var generation = Path.Combine(checkpoint, GenerationFile);
        ImmutableArray<int> ends =
        [
            .. config.Tokens("llm", "eos_token_id")
                .Concat(File.Exists(generation) ? CheckpointConfig.Read(generation).Tokens("llm", "eos_token_id") : [])
                .Distinct(),
        ];
        var name = options.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkpoint)));
        return Import(folder.Tensors, config, pack, options with { Name = name }, ends, progress ?? (_ => { }), into =>
        {
            foreach (var file in SpexPackFiles.Tokenizer.Where(file => File.Exists(Path.Combine(checkpoint, file))))
            {
                File.Copy(Path.Combine(checkpoint, file), Path.Combine(into, file));
            }
        });
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
        return SpexPackWriter.Write(weights, description, pack, () => RefuseIf([.. Faults(weights, sizes, bands)]), addFiles, progress);
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
