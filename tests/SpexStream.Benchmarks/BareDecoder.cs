using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpexStream.Inference.Spex.Network;

namespace SpexStream.Benchmarks;

/// <summary>
/// A decoder as a bare loop would run it: one row, every buffer there before the clock starts, everything bound once,
/// past and present being the same memory.
/// </summary>
internal sealed class BareDecoder : IDisposable
{
    private readonly LanguageModelSizes _sizes;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly List<IDisposable> _owned = [];
    private readonly List<(string Past, string Present, OrtValue Tensor)> _cache = [];
    private readonly OrtIoBinding _step;
    private readonly OrtValue _stepInput;
    private readonly OrtValue _logits;
    private readonly int[] _last = new int[1];
    private readonly int[] _total = new int[1];
    private readonly OrtValue _lastTensor;
    private readonly OrtValue _totalTensor;

    /// <summary>Opens a decoder with grouped attention.</summary>
    /// <param name="graph">The file.</param>
    /// <param name="sizes">Sizes of the model.</param>
    /// <param name="positions">Tokens that the cache has room for.</param>
    public BareDecoder(string graph, LanguageModelSizes sizes, int positions)
    {
        _sizes = sizes;
        using var options = BareModel.Options();
        _session = new InferenceSession(graph, options);
        _owned.Add(_lastTensor = OrtValue.CreateTensorValueFromMemory(_last, [1]));
        _owned.Add(_totalTensor = OrtValue.CreateTensorValueFromMemory(_total, [1]));
        for (var layer = 0; layer < sizes.Layers; layer++)
        {
            _cache.Add((CacheNames.PastKey(layer), CacheNames.PresentKey(layer), Cache(positions)));
            _cache.Add((CacheNames.PastValue(layer), CacheNames.PresentValue(layer), Cache(positions)));
        }

        _stepInput = Tensor(TensorElementType.Float, 1, 1, sizes.Hidden);
        _logits = Tensor(TensorElementType.Float, 1, 1, sizes.Vocabulary);
        _step = Bind(_stepInput, 1, withHidden: true);
    }

    /// <summary>Logits behind the last token.</summary>
    public ReadOnlySpan<float> Logits => _logits.GetTensorDataAsSpan<float>();

    /// <summary>Where the embedding of the next token goes.</summary>
    public Span<float> Next => _stepInput.GetTensorMutableDataAsSpan<float>();

    /// <summary>Reads a prompt.</summary>
    public void Begin(ReadOnlySpan<float> prompt)
    {
        var tokens = prompt.Length / _sizes.Hidden;
        var input = Tensor(TensorElementType.Float, 1, tokens, _sizes.Hidden);
        prompt.CopyTo(input.GetTensorMutableDataAsSpan<float>());
        Place(tokens);
        using var binding = Bind(input, tokens, withHidden: false);
        _session.RunWithBinding(_run, binding);
    }

    /// <summary>Runs a step.</summary>
    /// <param name="tokens">Tokens with the one that comes.</param>
    public void Step(int tokens)
    {
        Place(tokens);
        _session.RunWithBinding(_run, _step);
    }

    public void Dispose()
    {
        _step.Dispose();
        _owned.ForEach(owned => owned.Dispose());
        _run.Dispose();
        _session.Dispose();
    }

    private void Place(int tokens) => (_last[0], _total[0]) = (tokens - 1, tokens);

    private OrtIoBinding Bind(OrtValue input, int tokens, bool withHidden)
    {
        var binding = _session.CreateIoBinding();
        var wanted = Tensor(TensorElementType.Int64, 1, 1);
        wanted.GetTensorMutableDataAsSpan<long>()[0] = tokens - 1;
        binding.BindInput("embeddings", input);
        binding.BindInput("logit_positions", wanted);
        binding.BindInput("last_indices", _lastTensor);
        binding.BindInput("total_length", _totalTensor);
        binding.BindOutput("logits", _logits);
        if (withHidden)
        {
            binding.BindOutput("hidden", Tensor(TensorElementType.Float, 1, tokens, _sizes.Hidden));
        }

        foreach (var (past, present, tensor) in _cache)
        {
            binding.BindInput(past, tensor);
            binding.BindOutput(present, tensor);
        }

        return binding;
    }

    private OrtValue Cache(int positions)
    {
        var tensor = Tensor(TensorElementType.Float, 1, _sizes.KeyValueHeads, positions, _sizes.HeadWidth);
        tensor.GetTensorMutableDataAsSpan<float>().Clear();
        return tensor;
    }

    private OrtValue Tensor(TensorElementType type, params long[] shape)
    {
        var tensor = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape);
        _owned.Add(tensor);
        return tensor;
    }
}
