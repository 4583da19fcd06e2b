using Microsoft.ML.OnnxRuntime;

namespace SpexStream.Inference.Spex.Running;

/// <summary>One run of a graph from arrays of the host to arrays of the host.</summary>
internal static class TensorRun
{
    /// <summary>Runs; outputs lie in memory that ONNX Runtime owns, and are gone with what is returned.</summary>
    public static IDisposableReadOnlyCollection<OrtValue> Run(
        this InferenceSession session, IReadOnlyCollection<string> outputs,
            params (string Name, OrtValue Value)[] inputs)
    {
        try
        {
            using var options = new RunOptions();
            return session.Run(
                options, [.. inputs.Select(input => input.Name)], [.. inputs.Select(input => input.Value)], outputs);
        }
        finally
        {
            foreach (var (_, value) in inputs)
            {
                value.Dispose();
            }
        }
    }

    /// <summary>A tensor over memory of the host.</summary>
    public static OrtValue Over<T>(Memory<T> memory, params long[] shape) where T : unmanaged =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);
}
