using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SpexStream.Domain.Ports.Models;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Packs;

namespace SpexStream.Inference.Segmentation;

/// <summary>
/// The inputs and outputs of inferences, bound to stretches of a batch's buffers. Each stretch is bound once and
/// kept. On a
/// graphics card binding an input is what copies it, once, so it is bound again before every run (onnxruntime #20824).
/// </summary>
internal sealed class BoundRuns(
    OpenedSession session, PackDescription pack, int edge, HostBuffer input, HostBuffer output)
    : IDisposable
{
    private readonly Dictionary<(int First, int Windows), Run> _runs = [];
    private readonly RunOptions _options = new();

    /// <summary>Brings a stretch of windows to the device.</summary>
    public void Bring(int first, int windows)
    {
        var run = Of(first, windows);
        if (session.Provider == DeviceKind.Cuda)
        {
            run.Binding.BindInput(pack.Input.Name, run.Input);
            run.Binding.SynchronizeBoundInputs();
        }
    }

    /// <summary>Computes a stretch that was brought.</summary>
    public void Compute(int first, int windows) => session.Session.RunWithBinding(_options, Of(first, windows).Binding);

    /// <summary>Waits until the answers of a stretch have come back.</summary>
    public void Fetch(int first, int windows)
    {
        if (session.Provider == DeviceKind.Cuda)
        {
            Of(first, windows).Binding.SynchronizeBoundOutputs();
        }
    }

    public void Dispose()
    {
        foreach (var run in _runs.Values)
        {
            run.Binding.Dispose();
            run.Input.Dispose();
            run.Output.Dispose();
        }

        _options.Dispose();
    }

    private Run Of(int first, int windows)
    {
        if (!_runs.TryGetValue((first, windows), out var run))
        {
            var area = (long)edge * edge;
            var from = Slice(input, pack.Input.Type, first, windows, pack.Input.Bands.Length * area);
            var to = Slice(output, pack.Output.Type, first, windows, pack.Output.Classes.Length * area);
            run = new(session.Session.CreateIoBinding(), from, to);
            run.Binding.BindInput(pack.Input.Name, from);
            run.Binding.BindOutput(pack.Output.Name, to);
            _runs.Add((first, windows), run);
        }

        return run;
    }

    private OrtValue Slice(HostBuffer buffer, ElementType type, int first, int windows, long elements)
    {
        var bytes = elements * type.Bytes();
        var element = type == ElementType.Float16 ? TensorElementType.Float16 : TensorElementType.Float;
        return buffer.Tensor(
            element, first * bytes, windows * bytes, [windows, elements / ((long)edge * edge), edge, edge]);
    }

    private sealed record Run(OrtIoBinding Binding, OrtValue Input, OrtValue Output);
}
