using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SpexStream.Benchmarks;

/// <summary>
/// A graph on one device as a bare loop would run it: a session of one thread, tensors that are there before the clock
/// starts, input and output bound once. Belongs to one thread at a time.
/// </summary>
internal sealed class BareModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _in;
    private readonly OrtValue _out;

    /// <summary>Opens a graph.</summary>
    /// <param name="graph">The file.</param>
    /// <param name="edge">Rows and columns of an input.</param>
    /// <param name="batch">Inputs of one run.</param>
    public BareModel(string graph, int edge, int batch)
    {
        using var options = Options();
        _session = new InferenceSession(graph, options);
        // Memory of the runtime's own: on arrays of the framework, which lie as they come, it is some 10 % slower.
        _in = Tensor(batch, BenchNetwork.Bands, edge);
        _out = Tensor(batch, BenchNetwork.Channels, edge);
        _binding = _session.CreateIoBinding();
        _binding.BindInput("pixels", _in);
        _binding.BindOutput("logits", _out);
    }

    /// <summary>[batch, bands, rows, columns].</summary>
    public Span<float> Input => _in.GetTensorMutableDataAsSpan<float>();

    /// <summary>[batch, channels, rows, columns].</summary>
    public ReadOnlySpan<float> Output => _out.GetTensorDataAsSpan<float>();

    /// <summary>A session of one thread.</summary>
    public static SessionOptions Options() => new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
    };

    /// <summary>Runs once.</summary>
    public void Run() => _session.RunWithBinding(_run, _binding);

    private static OrtValue Tensor(int batch, int planes, int edge) => OrtValue.CreateAllocatedTensorValue(
        OrtAllocator.DefaultInstance, TensorElementType.Float, [batch, planes, edge, edge]);

    public void Dispose()
    {
        _binding.Dispose();
        _in.Dispose();
        _out.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
