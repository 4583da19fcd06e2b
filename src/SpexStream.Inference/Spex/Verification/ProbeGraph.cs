using Microsoft.ML.OnnxRuntime;
using SpexStream.Inference.Checkpoint;
using SpexStream.Inference.Devices;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>A part of the network in memory, with the values inside it that someone wants to see.</summary>
internal sealed class ProbeGraph : IDisposable
{
    private readonly OpenedSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    private ProbeGraph(OpenedSession opened)
    {
        _session = opened;
        (_inputs, _outputs) = ([.. opened.Session.InputMetadata.Keys], [.. opened.Session.OutputMetadata.Keys]);
    }

    /// <summary>Writes and loads a part.</summary>
    /// <param name="file">Holds its weights, and says where it runs.</param>
    /// <param name="prefix">Before the names of its weights.</param>
    /// <param name="wanted">Names of the values to be seen, as the network offers them.</param>
    /// <param name="write">Writes it, and offers its results like values inside it.</param>
    public static ProbeGraph Of(
        GoldenFile file, string prefix, IEnumerable<string> wanted, Action<NetworkWriter> write)
    {
        var weights = file.Weights(prefix);
        var graph = new GraphBuilder("part") { InlineLimitBytes = int.MaxValue };
        var trace = new NetworkTrace(wanted.ToHashSet(StringComparer.Ordinal));
        write(new NetworkWriter(graph, weights, Precision.Float32, trace));
        if (weights.Faults.Count > 0)
        {
            throw new CheckpointException("golden weights", [.. weights.Faults]);
        }

        foreach (var (name, value) in trace.Found)
        {
            graph.Reveal($"seen/{name}", value, ElementType.Float32);
        }

        return new ProbeGraph(SessionOpening.Open(graph.ToBytes(), file.Device));
    }

    /// <summary>Runs it on inputs in the order in which they were written; gives what was wanted, by name.</summary>
    public Dictionary<string, float[]> Run(params (float[] Values, long[] Shape)[] inputs)
    {
        var values = inputs.Select(input => OrtValue.CreateTensorValueFromMemory(input.Values, input.Shape)).ToList();
        try
        {
            using var options = new RunOptions();
            using var results = _session.Session.Run(options, _inputs, values, _outputs);
            return _outputs.Select((name, index) => (name, index)).ToDictionary(
                output => output.name["seen/".Length..],
                output => results[output.index].GetTensorDataAsSpan<float>().ToArray(),
                StringComparer.Ordinal);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    public void Dispose() => _session.Dispose();
}
