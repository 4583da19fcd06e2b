using Microsoft.ML.OnnxRuntime;

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
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        _session = new InferenceSession(graph, options);
        Input = new float[batch * BenchNetwork.Bands * edge * edge];
        Output = new float[batch * BenchNetwork.Channels * edge * edge];
        _in = OrtValue.CreateTensorValueFromMemory(Input, [batch, BenchNetwork.Bands, edge, edge]);
        _out = OrtValue.CreateTensorValueFromMemory(Output, [batch, BenchNetwork.Channels, edge, edge]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput("pixels", _in);
        _binding.BindOutput("logits", _out);
    }

    /// <summary>[batch, bands, rows, columns].</summary>
    public float[] Input { get; }

    /// <summary>[batch, channels, rows, columns].</summary>
    public float[] Output { get; }

    /// <summary>Runs some times.</summary>
    public void Run(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _session.RunWithBinding(_run, _binding);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _in.Dispose();
        _out.Dispose();
        _run.Dispose();
        _session.Dispose();
    }
}
