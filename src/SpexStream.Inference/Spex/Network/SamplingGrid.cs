namespace SpexStream.Inference.Spex.Network;

/// <summary>
/// Where a deformable convolution samples before any offset, in the coordinates of GridSample (-1 and 1 are the image's
/// outer edges). The same for all blocks of a level, so written once.
/// </summary>
/// <param name="Regular">[1, places, taps, 2]: x, then y.</param>
/// <param name="OffsetUnit">[2]: what an offset of one counts in x and in y.</param>
internal sealed record SamplingGrid(string Regular, string OffsetUnit)
{
    /// <summary>Grid for values [batch, rows, columns, channels] of the input, and rows and columns of the output, both as
    /// lists of one integer.</summary>
    public static SamplingGrid Of(NetworkWriter net, string values, string outputRows, string outputColumns, DeformableShape shape)
    {
        var graph = net.Graph;
        var size = net.ToFloat(net.Joined(net.Length(values, 2), net.Length(values, 1)));
        var pixel = net.Node("Div", [graph.Numbers([2], [2, 2]), size]);
        var columns = net.Reshape(Centres(net, outputColumns, shape), 1, -1, 1);
        var rows = net.Reshape(Centres(net, outputRows, shape), -1, 1, 1);
        var all = net.Joined(outputRows, outputColumns, graph.Integers(1));
        var places = net.Node(
            "Concat", [net.Node("Expand", [columns, all]), net.Node("Expand", [rows, all])], ("axis", 2));
        var taps = graph.Numbers([shape.Taps, 2], Taps(shape));
        var regular = net.Node("Add", [net.Reshape(places, 1, -1, 1, 2), taps]);
        return new SamplingGrid(
            net.Node("Sub", [net.Node("Mul", [regular, pixel]), graph.Number(1)]),
            net.Node("Mul", [pixel, graph.Number(shape.OffsetScale)]));
    }

    // Where the middle tap of each output place lies along one axis: distance from the edge, in pixels of the input.
    private static string Centres(NetworkWriter net, string length, DeformableShape shape)
    {
        var first = (shape.Dilation * (shape.Kernel - 1) / 2) - shape.Pad + 0.5f;
        var steps = net.Node("Mul", [net.ToFloat(net.CountTo(length)), net.Graph.Number(shape.Stride)]);
        return net.Node("Add", [steps, net.Graph.Number(first)]);
    }

    // x is the slow index of the taps, and y the fast one.
    private static float[] Taps(DeformableShape shape)
    {
        var half = (shape.Kernel - 1) / 2;
        var step = shape.Dilation * shape.OffsetScale;
        return
        [
            .. Enumerable.Range(0, shape.Taps).SelectMany(tap => new[]
            {
                ((tap / shape.Kernel) - half) * step,
                ((tap % shape.Kernel) - half) * step,
            }),
        ];
    }
}
