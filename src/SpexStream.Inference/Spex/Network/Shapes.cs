using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Spex.Network;

/// <summary>Arithmetic on shapes inside a graph, for axes whose lengths are known only when it runs.</summary>
internal static class Shapes
{
    /// <summary>Length of one axis, as a list of one integer.</summary>
    public static string Length(this NetworkWriter net, string value, int axis) =>
        net.Node("Shape", [value], ("start", axis), ("end", axis + 1));

    /// <summary>A shape from lists of integers, one after the other.</summary>
    public static string Joined(this NetworkWriter net, params ReadOnlySpan<string> parts) =>
        net.Node("Concat", parts, ("axis", 0));

    /// <summary>The value in another shape; 0 keeps the length of that axis, -1 stands for what is left.</summary>
    public static string Reshape(this NetworkWriter net, string value, params ReadOnlySpan<long> shape) =>
        net.Node("Reshape", [value, net.Graph.Integers(shape)]);

    /// <summary>The value in a shape that the graph has worked out.</summary>
    public static string ReshapeTo(this NetworkWriter net, string value, string shape) => net.Node("Reshape", [value, shape]);

    /// <summary>The value with its axes in another order.</summary>
    public static string Permute(this NetworkWriter net, string value, params long[] order) =>
        net.Node("Transpose", [value], ("perm", order));

    /// <summary>[batch, rows, columns, channels] to [batch, channels, rows, columns].</summary>
    public static string ChannelsFirst(this NetworkWriter net, string value) => net.Permute(value, 0, 3, 1, 2);

    /// <summary>[batch, channels, rows, columns] to [batch, rows, columns, channels].</summary>
    public static string ChannelsLast(this NetworkWriter net, string value) => net.Permute(value, 0, 2, 3, 1);

    /// <summary>0, 1, 2 ... below a length (a list of one integer), as integers.</summary>
    public static string CountTo(this NetworkWriter net, string length)
    {
        var end = net.Node("Squeeze", [length, net.Graph.Integers(0)]);
        return net.Node("Range", [net.Graph.Integer(0), end, net.Graph.Integer(1)]);
    }

    /// <summary>Integers as float32.</summary>
    public static string ToFloat(this NetworkWriter net, string value) =>
        net.Node("Cast", [value], ("to", (int)ElementType.Float32));
}
