using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Spex.Packs;
using SpexStream.Inference.Spex.Running;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Backend;

/// <summary>SPEX on one device, for batches of tiles.</summary>
internal sealed class SpexModelSession : IModelSession
{
    private readonly SpexSession _session;
    private readonly SpexGeneration _generation;
    private readonly TimeProvider _time;
    private readonly long _ownBytes;
    private long _batchBytes;

    /// <summary>Opens the session and warms it up.</summary>
    public SpexModelSession(SpexModel model, ModelSessionOptions options, TimeProvider time)
    {
        (Model, Device, BatchSize, _time) = (model, options.Device, options.BatchSize, time);
        var description = model.Pack.Description;
        _generation = new SpexGeneration(description.Limits.MostNewTokens, description.Limits.EndTokens);
        _ownBytes = model.Pack.Bytes + CacheBytes(description);
        _session = new SpexSession(model.Pack, new SpexSessionOptions(options));
        try
        {
            WarmUp(description.Input);
        }
        catch
        {
            // The session is ours until the constructor has returned.
            _session.Dispose();
            throw;
        }
    }

    /// <summary>The model.</summary>
    public SpexModel Model { get; }

    public DeviceName Device { get; }

    public string Provider => _session.Provider;

    public string? FallbackReason => _session.FallbackReason;

    public int BatchSize { get; }

    public long MemoryBytes => _ownBytes + Interlocked.Read(ref _batchBytes);

    public IModelBatch NewBatch()
    {
        var batch = new SpexBatch(this);
        Interlocked.Add(ref _batchBytes, batch.Bytes);
        return batch;
    }

    public ModelTimes Infer(IModelBatch batch, CancellationToken cancellation = default) =>
        ((SpexBatch)batch).Compute(_time, cancellation);

    public void Dispose() => _session.Dispose();

    internal IReadOnlyList<SpexAnswer> Answer(IReadOnlyList<SpexQuestion> questions, CancellationToken cancellation) =>
        _session.Answer(questions, _generation, cancellation);

    internal void Forget(SpexBatch batch) => Interlocked.Add(ref _batchBytes, -batch.Bytes);

    // All graphs once, with as many pictures as will ever come at once, and the shortest of answers that has a mask.
    private void WarmUp(SpexInput input)
    {
        var pixels = input.Bands.Length * input.SizePixels * input.SizePixels;
        var questions = Enumerable.Range(0, BatchSize)
            .Select(_ => new SpexQuestion(new float[pixels], input.SizePixels, Model.Prompts.Shortest));
        _session.Answer([.. questions], new SpexGeneration(2, []));
    }

    private long CacheBytes(SpexDescription description)
    {
        var language = description.Sizes.Language;
        var each = description.Precision == Precision.Float16 ? 2L : 4;
        return 2 * each * language.Layers * language.KeyValueHeads * language.HeadWidth
            * description.Limits.MostPositions * BatchSize;
    }
}
