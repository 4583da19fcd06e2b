using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>A language model in memory with all its layers' states to be seen.</summary>
internal sealed class LanguagePart : IDisposable
{
    private readonly OpenedSession _session;
    private readonly DecoderShape _shape;
    private readonly IDecoderCache _cache;
    private readonly string[] _seen;
    private readonly float[] _table;

    public LanguagePart(GoldenFile file, LanguageModelSizes sizes, bool grouped)
    {
        _shape = new DecoderShape(sizes, Precision.Float32, grouped);
        string[] wanted = [.. Enumerable.Range(0, sizes.Layers + 1).Select(layer => $"hidden_states.{layer}"),
            "before_final_norm"];
        _table = file.Values("weight/model.embed_tokens.weight");
        var graph = new GraphBuilder("decoder") { InlineLimitBytes = int.MaxValue };
        var trace = new NetworkTrace(wanted.ToHashSet());
        var weights = file.Weights("weight/");
        new NetworkWriter(graph, weights, Precision.Float32, trace).Decoder(sizes, grouped);
        if (weights.Faults.Count > 0)
        {
            throw new CheckpointException("golden weights", [.. weights.Faults]);
        }

        foreach (var (name, value) in trace.Found)
        {
            graph.Reveal($"seen/{name}", value, ElementType.Float32);
        }

        _seen = [.. trace.Found.Keys.Select(name => $"seen/{name}")];
        _session = SessionOpening.Open(graph.ToBytes(), file.Device);
        _cache = grouped
            ? new SharedCache(_session, _shape, 1, Math.Min(sizes.Positions, 4096))
            : new GrowingCache(_session, _shape);
    }

    public LanguageModelSizes Sizes => _shape.Sizes;

    public string Form => _shape.Grouped ? "grouped" : "plain";

    /// <summary>Reads a prompt from the beginning; logits of all its positions.</summary>
    public (float[] Logits, Dictionary<string, float[]> Inside) Prompt(long[] ids) =>
        Read([.. ids.SelectMany(id => Row(id).ToArray())]);

    /// <summary>Reads embeddings from the beginning, [tokens, hidden]; logits of all their positions.</summary>
    public (float[] Logits, Dictionary<string, float[]> Inside) Read(float[] embeddings)
    {
        _cache.Begin([embeddings.Length / Sizes.Hidden]);
        return Call(embeddings);
    }

    /// <summary>Reads one more token.</summary>
    public (float[] Logits, Dictionary<string, float[]> Inside) Step(long id)
    {
        _cache.Advance([true]);
        return Call(Row(id));
    }

    public void Dispose()
    {
        _cache.Dispose();
        _session.Dispose();
    }

    private ReadOnlySpan<float> Row(long id) => _table.AsSpan((int)id * Sizes.Hidden, Sizes.Hidden);

    private (float[] Logits, Dictionary<string, float[]> Inside) Call(ReadOnlySpan<float> embeddings)
    {
        var tokens = embeddings.Length / Sizes.Hidden;
        var buffers = new DecoderBuffers(Sizes, tokens, tokens, tokens);
        using var call = new DecoderCall(_session.Session, _cache, buffers, _shape, 1, tokens, tokens, true, _seen);
        embeddings.CopyTo(buffers.Embeddings);
        for (var token = 0; token < tokens; token++)
        {
            buffers.LogitPositions[token] = token;
        }

        call.Run();
        var inside = call.Extras.ToDictionary(pair => pair.Key["seen/".Length..], pair => pair.Value);
        for (var layer = 0; layer < Sizes.Layers; layer++)
        {
            inside[$"past.{layer}.key"] = _cache.Snapshot(layer, values: false);
            inside[$"past.{layer}.value"] = _cache.Snapshot(layer, values: true);
        }

        return (buffers.Logits, inside);
    }
}
