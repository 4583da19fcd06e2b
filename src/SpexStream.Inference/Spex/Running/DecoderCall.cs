using Microsoft.ML.OnnxRuntime;

namespace SpexStream.Inference.Spex.Running;

/// <summary>
/// Calls of a decoder of one shape, in buffers that stay: fill <see cref="Embeddings"/> and <see cref="LogitPositions"/>,
/// run, read <see cref="Logits"/> and <see cref="Hidden"/>.
/// </summary>
internal sealed class DecoderCall : IDisposable
{
    private readonly InferenceSession _session;
    private readonly IDecoderCache _cache;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue> _tensors = [];
    private readonly List<(string Name, OrtValue Tensor)> _inputs = [];
    private readonly string[] _extras;

    /// <summary>Binds the beginnings of the buffers.</summary>
    /// <param name="session">The decoder.</param>
    /// <param name="cache">Its cache; begun for as many rows.</param>
    /// <param name="buffers">Memory; calls may share it, one after the other.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="tokens">Tokens of each row.</param>
    /// <param name="answers">Positions of each row whose logits are wanted.</param>
    /// <param name="withHidden">Whether last states are wanted.</param>
    /// <param name="extras">Further outputs to be seen.</param>
    public DecoderCall(
        InferenceSession session,
        IDecoderCache cache,
        DecoderBuffers buffers,
        DecoderShape shape,
        int rows,
        int tokens,
        int answers,
        bool withHidden,
        params string[] extras)
    {
        (_session, _cache, _extras) = (session, cache, extras);
        var sizes = shape.Sizes;
        Embeddings = buffers.Embeddings.AsMemory(0, rows * tokens * sizes.Hidden);
        LogitPositions = buffers.LogitPositions.AsMemory(0, rows * answers);
        Logits = buffers.Logits.AsMemory(0, rows * answers * sizes.Vocabulary);
        Hidden = withHidden ? buffers.Hidden.AsMemory(0, rows * tokens * sizes.Hidden) : Memory<float>.Empty;
        _binding = session.CreateIoBinding();
        _inputs.Add(("embeddings", Tensor(Embeddings, rows, tokens, sizes.Hidden)));
        _inputs.Add(("logit_positions", Tensor(LogitPositions, rows, answers)));
        _binding.BindOutput("logits", Tensor(Logits, rows, answers, sizes.Vocabulary));
        if (withHidden)
        {
            _binding.BindOutput("hidden", Tensor(Hidden, rows, tokens, sizes.Hidden));
        }

        foreach (var extra in extras)
        {
            _binding.BindOutputToDevice(extra, OrtMemoryInfo.DefaultInstance);
        }
    }

    /// <summary>[rows, tokens, hidden].</summary>
    public Memory<float> Embeddings { get; }

    /// <summary>[rows, answers]: which of the tokens of this call.</summary>
    public Memory<long> LogitPositions { get; }

    /// <summary>[rows, answers, vocabulary].</summary>
    public Memory<float> Logits { get; }

    /// <summary>[rows, tokens, hidden], after the final norm.</summary>
    public Memory<float> Hidden { get; }

    /// <summary>Values of the further outputs, after a run.</summary>
    public Dictionary<string, float[]> Extras { get; private set; } = [];

    /// <summary>Runs. Blocks.</summary>
    public void Run()
    {
        // On a graphics card binding copies the content, so it is done anew each time.
        foreach (var (name, tensor) in _inputs)
        {
            _binding.BindInput(name, tensor);
        }

        _cache.Bind(_binding);
        _session.RunWithBinding(_options, _binding);
        _binding.SynchronizeBoundOutputs();
        if (_extras.Length > 0)
        {
            ReadExtras();
        }

        _cache.Take(_binding);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        _tensors.ForEach(tensor => tensor.Dispose());
    }

    private void ReadExtras()
    {
        var names = _binding.GetOutputNames();
        using var values = _binding.GetOutputValues();
        Extras = _extras.ToDictionary(
            name => name, name => values[Array.IndexOf(names, name)].GetTensorDataAsSpan<float>().ToArray());
    }

    private OrtValue Tensor<T>(Memory<T> data, params long[] shape) where T : unmanaged
    {
        var tensor = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data, shape);
        _tensors.Add(tensor);
        return tensor;
    }
}
