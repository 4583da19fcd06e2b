using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Weights;

namespace SpexStream.Inference.Spex.Network;

/// <summary>
/// Writes the modules of a network into a graph. Stands at a path of the original network ("levels.0.blocks.1"), below
/// which the names of weights are meant. Every value between modules is float32; what <see cref="Precision"/> makes
/// smaller is only the inside of products and convolutions.
/// </summary>
internal sealed class NetworkWriter
{
    private readonly string _path;
    private readonly IWeights _weights;
    private readonly NetworkTrace? _trace;

    public NetworkWriter(GraphBuilder graph, IWeights weights, Precision precision, NetworkTrace? trace = null)
        : this(graph, weights, precision, trace, string.Empty)
    {
    }

    private NetworkWriter(
        GraphBuilder graph, IWeights weights, Precision precision, NetworkTrace? trace, string path) =>
        (Graph, _weights, Precision, _trace, _path) = (graph, weights, precision, trace, path);

    public GraphBuilder Graph { get; }

    public Precision Precision { get; }

    /// <summary>Element type inside products and convolutions, and of the key and value cache.</summary>
    public ElementType ComputeType => Precision == Precision.Float16 ? ElementType.Float16 : ElementType.Float32;

    /// <summary>The writer of a module below this one.</summary>
    public NetworkWriter At(string name) => new(Graph, _weights, Precision, _trace, PathOf(name));

    /// <summary>A node with one output.</summary>
    public string Node(string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeValue> attributes)
    {
        using (Graph.Scope(_path))
        {
            return Graph.Node(operation, inputs, attributes);
        }
    }

    /// <summary>A weight of one axis, in float32.</summary>
    public string Vector(string name, long length) => Tensor(name, length);

    /// <summary>A weight in float32, as it is.</summary>
    public string Tensor(string name, params ReadOnlySpan<long> shape) => AsIs(name, ElementType.Float32, shape);

    /// <summary>A weight of a convolution, in the type of products.</summary>
    public string Kernel(string name, params ReadOnlySpan<long> shape) => AsIs(name, ComputeType, shape);

    /// <summary>A weight [outputs, inputs] as the right-hand factor [inputs, outputs] of a product.</summary>
    public string Matrix(string name, long inputs, long outputs)
    {
        var tensor = _weights.Take(PathOf(name), outputs, inputs);
        return Graph.Weight(
            tensor.Name, ComputeType, [inputs, outputs], WeightEncoding.Transposed(tensor, ComputeType));
    }

    /// <summary>A value in the type of products.</summary>
    public string Narrow(string value) =>
        Precision == Precision.Float32 ? value : Node("Cast", [value], ("to", (int)ElementType.Float16));

    /// <summary>A value of the type of products in float32.</summary>
    public string Widen(string value) =>
        Precision == Precision.Float32 ? value : Node("Cast", [value], ("to", (int)ElementType.Float32));

    /// <summary>Lets someone who traces the network look at a value. Gives the value back.</summary>
    public string Traced(string name, string value)
    {
        _trace?.Offer(name, value);
        return value;
    }

    /// <summary>True when someone who traces the network wants a value of that name.</summary>
    public bool Wants(string name) => _trace?.Wants(name) == true;

    private string AsIs(string name, ElementType type, ReadOnlySpan<long> shape)
    {
        var tensor = _weights.Take(PathOf(name), shape);
        return Graph.Weight(tensor.Name, type, shape, WeightEncoding.AsIs(tensor, type));
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
