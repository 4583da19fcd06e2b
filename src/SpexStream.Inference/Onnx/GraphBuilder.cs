using System.Runtime.InteropServices;
using Google.Protobuf;

namespace SpexStream.Inference.Onnx;

/// <summary>
/// Builds an ONNX graph node by node. A value is named by a string: what a method returns is what later nodes take. The
/// nodes must come in an order in which every value is made before it is used (ONNX IR, section "Graphs"). Not
/// thread-safe.
/// </summary>
public sealed class GraphBuilder
{
    /// <summary>Domain of ONNX Runtime's own operators.</summary>
    public const string RuntimeDomain = "com.microsoft";

    /// <summary>Operator set of the standard's own domain: the newest that every kernel we need is written
    /// for.</summary>
    public const int OperatorSet = 20;

    private const int IrVersion = 10;
    private readonly GraphProto _graph;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly List<ExternalWeight> _external = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private string _scope = string.Empty;
    private int _sequence;

    /// <summary>An empty graph.</summary>
    public GraphBuilder(string name) => _graph = new GraphProto { Name = name };

    /// <summary>Weights above this many bytes go to the data file beside the graph; smaller ones into it.</summary>
    public int InlineLimitBytes { get; init; } = 1024;

    /// <summary>Adds a word to the model's metadata.</summary>
    public void Describe(string key, string value) => _metadata[key] = value;

    /// <summary>Puts a prefix before the names of nodes until it is disposed, so that a profile can be read.</summary>
    public IDisposable Scope(string name)
    {
        var outer = _scope;
        _scope += name + "/";
        return new ScopeEnd(() => _scope = outer);
    }

    /// <summary>An input of the graph.</summary>
    public string Input(string name, ElementType type, params ReadOnlySpan<Dimension> shape)
    {
        Claim(name);
        _graph.Input.Add(Describe(name, type, shape));
        return name;
    }

    /// <summary>Makes a value an output of the graph, under a name of its own.</summary>
    public void Output(string name, string value, ElementType type, params ReadOnlySpan<Dimension> shape)
    {
        Claim(name);
        var node = new NodeProto { OpType = "Identity", Name = _scope + name };
        node.Input.Add(value);
        node.Output.Add(name);
        _graph.Node.Add(node);
        _graph.Output.Add(Describe(name, type, shape));
    }

    /// <summary>Makes a value an output of the graph whose shape is not told. For looking into a network.</summary>
    public void Reveal(string name, string value, ElementType type)
    {
        Output(name, value, type);
        _graph.Output[^1].Type.TensorType.Shape = null;
    }

    /// <summary>Makes a value an output of the graph under its own name, without a node between: what a runtime binds
    /// to it is written by the node that makes the value.</summary>
    public void Expose(string value, ElementType type, params ReadOnlySpan<Dimension> shape) =>
        _graph.Output.Add(Describe(value, type, shape));

    /// <summary>A node with one output, which is returned. An empty string stands for an input that is left
    /// out.</summary>
    public string Node(string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<AttributeValue> attributes) =>
        Add(string.Empty, operation, inputs, Numbered(operation, 1), attributes)[0];

    /// <summary>A node with several outputs.</summary>
    public string[] Nodes(
        string operation, ReadOnlySpan<string> inputs, int outputs, params ReadOnlySpan<AttributeValue> attributes) =>
        Add(string.Empty, operation, inputs, Numbered(operation, outputs), attributes);

    /// <summary>A node whose outputs bear names that are given.</summary>
    public void Named(
        string operation, ReadOnlySpan<string> inputs, string[] outputs,
            params ReadOnlySpan<AttributeValue> attributes) =>
        Add(string.Empty, operation, inputs, Claimed(outputs), attributes);

    /// <summary>A node of an operator that is ONNX Runtime's own.</summary>
    public string[] RuntimeNodes(
        string operation, ReadOnlySpan<string> inputs, int outputs, params ReadOnlySpan<AttributeValue> attributes) =>
        Add(RuntimeDomain, operation, inputs, Numbered(operation, outputs), attributes);

    /// <summary>A node of an operator that is ONNX Runtime's own, whose outputs bear names that are given.</summary>
    public void RuntimeNamed(
        string operation, ReadOnlySpan<string> inputs, string[] outputs,
            params ReadOnlySpan<AttributeValue> attributes) =>
        Add(RuntimeDomain, operation, inputs, Claimed(outputs), attributes);

    /// <summary>Integers that are part of the graph (shapes, axes). Equal ones are kept once.</summary>
    public string Integers(params ReadOnlySpan<long> values) => Constant(
        $"i64[{string.Join(',', values.ToArray())}]", ElementType.Int64, [values.Length],
            MemoryMarshal.AsBytes(values));

    /// <summary>One integer without axes.</summary>
    public string Integer(long value) => Constant(
        $"i64 {value}", ElementType.Int64, [], MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    /// <summary>One number without axes, of type float32.</summary>
    public string Number(float value) => Constant(
        $"f32 {BitConverter.SingleToInt32Bits(value):x8}", ElementType.Float32, [],
            MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in value)));

    /// <summary>Numbers of type float32.</summary>
    /// <param name="shape">Lengths of the axes, the last one running fastest.</param>
    /// <param name="values">As many as the shape asks for.</param>
    public string Numbers(ReadOnlySpan<long> shape, ReadOnlySpan<float> values)
    {
        var bytes = MemoryMarshal.AsBytes(values).ToArray();
        return Weight($"{_scope}const_{_sequence++}", ElementType.Float32, shape, stream => stream.Write(bytes));
    }

    /// <summary>A weight, written when the graph is saved.</summary>
    /// <param name="name">Its name in the graph; once only.</param>
    /// <param name="type">Type of its elements.</param>
    /// <param name="shape">Lengths of the axes.</param>
    /// <param name="write">Writes the elements.</param>
    public string Weight(string name, ElementType type, ReadOnlySpan<long> shape, WeightWriter write)
    {
        Claim(name);
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.AddRange(shape.ToArray());
        var bytes = type.Bytes() * shape.ToArray().Aggregate(1L, (product, length) => checked(product * length));
        _graph.Initializer.Add(tensor);
        if (bytes > InlineLimitBytes)
        {
            _external.Add(new ExternalWeight(tensor, bytes, write));
        }
        else
        {
            using var memory = new MemoryStream();
            write(memory);
            RequireLength(name, bytes, memory.Length);
            tensor.RawData = ByteString.CopyFrom(memory.ToArray());
        }

        return name;
    }

    /// <summary>Writes the graph and, where weights are large, a file with them beside it (its name and ".data").
    /// Weights are written one after the other, so at most one is in memory.</summary>
    /// <exception cref="IOException">The files cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A weight wrote more or fewer bytes than its shape asks
    /// for.</exception>
    public void Save(string path)
    {
        if (_external.Count > 0)
        {
            var data = path + ".data";
            using var file = new FileStream(data, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
            foreach (var weight in _external)
            {
                weight.WriteTo(file, Path.GetFileName(data));
            }
        }

        using var output = File.Create(path);
        ToModel().WriteTo(output);
    }

    /// <summary>Writes the graph beside another one that was saved, with whose data file it shares its large
    /// weights.</summary>
    /// <exception cref="InvalidOperationException">The other graph has no such weight.</exception>
    public void SaveBeside(GraphBuilder saved, string path)
    {
        var places = saved._external.ToDictionary(weight => weight.Tensor.Name, StringComparer.Ordinal);
        foreach (var weight in _external)
        {
            if (!places.TryGetValue(weight.Tensor.Name, out var place) || !weight.IsLike(place))
            {
                throw new InvalidOperationException(
                    $"The saved graph has no weight '{weight.Tensor.Name}' of that kind.");
            }

            weight.PlaceAs(place);
        }

        using var output = File.Create(path);
        ToModel().WriteTo(output);
    }

    /// <summary>The graph as bytes.</summary>
    /// <exception cref="InvalidOperationException">It has weights that must go to a file of their own.</exception>
    public byte[] ToBytes() => _external.Count == 0
        ? ToModel().ToByteArray()
        : throw new InvalidOperationException(
            $"{_external.Count} weights are larger than {InlineLimitBytes} bytes; use Save.");

    internal static void RequireLength(string name, long expected, long written)
    {
        if (written != expected)
        {
            throw new InvalidOperationException(
                $"The weight '{name}' wrote {written} bytes; its shape asks for {expected}.");
        }
    }

    private ModelProto ToModel()
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "SpexStream", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = OperatorSet });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = RuntimeDomain, Version = 1 });
        model.MetadataProps.AddRange(_metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }));
        return model;
    }

    private string[] Add(
        string domain, string operation, ReadOnlySpan<string> inputs, string[] outputs,
            ReadOnlySpan<AttributeValue> attributes)
    {
        var node = new NodeProto { OpType = operation, Domain = domain, Name = $"{_scope}{operation}_{_sequence++}" };
        node.Input.AddRange(inputs.ToArray());
        node.Output.AddRange(outputs);
        foreach (var attribute in attributes)
        {
            node.Attribute.Add(attribute.Proto);
        }

        _graph.Node.Add(node);
        return outputs;
    }

    // The number in the name is that of the node, which is added next.
    private string[] Numbered(string operation, int outputs) => outputs == 1
        ? [$"{_scope}{operation}_{_sequence}"]
        : [.. Enumerable.Range(0, outputs).Select(index => $"{_scope}{operation}_{_sequence}:{index}")];

    private string[] Claimed(string[] outputs)
    {
        foreach (var output in outputs)
        {
            Claim(output);
        }

        return outputs;
    }

    private string Constant(string key, ElementType type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> content)
    {
        if (!_constants.TryGetValue(key, out var name))
        {
            var bytes = content.ToArray();
            name = Weight($"const_{_constants.Count}_{type}", type, shape, stream => stream.Write(bytes));
            _constants.Add(key, name);
        }

        return name;
    }

    private static ValueInfoProto Describe(string name, ElementType type, ReadOnlySpan<Dimension> shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto() };
        foreach (var axis in shape)
        {
            tensor.Shape.Dim.Add(axis.Name is { } open
                ? new TensorShapeProto.Types.Dimension { DimParam = open }
                : new TensorShapeProto.Types.Dimension { DimValue = axis.Length });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private void Claim(string name)
    {
        if (!_names.Add(name))
        {
            throw new ArgumentException($"The graph has a value named '{name}' already.", nameof(name));
        }
    }

    private sealed class ScopeEnd(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
