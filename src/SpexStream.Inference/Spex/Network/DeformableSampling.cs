namespace SpexStream.Inference.Spex.Network;

/// <summary>
/// The core of a deformable convolution, version 3 (Wang et al. 2023, "InternImage", equation 2): at every place and for
/// every group, a weighted sum of bilinear samples around it. What lies outside the image counts as zero.
/// </summary>
internal static class DeformableSampling
{
    /// <summary>Samples values [batch, rows, columns, channels] and gives the same layout.</summary>
    /// <param name="net">Where to write.</param>
    /// <param name="values">The values.</param>
    /// <param name="offsets">[batch, rows, columns, group x tap x (x, y)], in pixels.</param>
    /// <param name="weights">[batch, rows, columns, group x tap]; taken as they are.</param>
    /// <param name="shape">Facts on the convolution.</param>
    /// <param name="grid">Places before the offsets.</param>
    public static string Sample(
        this NetworkWriter net, string values, string offsets, string weights, DeformableShape shape, SamplingGrid grid)
    {
        var taps = shape.Taps;
        var images = net.Joined(
            net.Graph.Integers(-1, shape.GroupChannels), net.Length(values, 1), net.Length(values, 2));
        var input = net.ReshapeTo(net.ChannelsFirst(values), images);

        var moved = net.Node("Mul", [PerGroup(net, offsets, shape, [taps, 2]), grid.OffsetUnit]);
        var places = net.Node("Add", [moved, grid.Regular]);
        var samples = net.Node(
            "GridSample", [input, places], ("mode", "linear"), ("padding_mode", "zeros"), ("align_corners", 0));

        var shares = net.Node("Unsqueeze", [PerGroup(net, weights, shape, [taps]), net.Graph.Integers(1)]);
        var sums = net.Node(
            "ReduceSum", [net.Node("Mul", [samples, shares]), net.Graph.Integers(-1)], ("keepdims", 0));
        var output = net.Joined(
            net.Graph.Integers(-1, shape.Channels), net.Length(offsets, 1), net.Length(offsets, 2));
        return net.ChannelsLast(net.ReshapeTo(sums, output));
    }

    // [batch, rows, columns, groups x each] to [batch x groups, rows x columns, each].
    private static string PerGroup(NetworkWriter net, string value, DeformableShape shape, long[] each)
    {
        var split = net.Reshape(value, 0, -1, shape.Groups, each.Aggregate((product, length) => product * length));
        var target = net.Joined(net.Graph.Integers(-1), net.Length(split, 1), net.Graph.Integers(each));
        return net.ReshapeTo(net.Permute(split, 0, 2, 1, 3), target);
    }
}
