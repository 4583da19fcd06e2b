namespace SpexStream.Inference.Spex.Network;

/// <summary>Norms, always in float32. Each stands at its own path.</summary>
internal static class Norms
{
    /// <summary>Of most norms of the network.</summary>
    public const float UsualEpsilon = 1e-6f;

    /// <summary>Of the few that were left at their library's own.</summary>
    public const float LibraryEpsilon = 1e-5f;

    /// <summary>Layer norm over the last axis, with the biased variance (Ba et al. 2016, section 3).</summary>
    public static string LayerNorm(this NetworkWriter net, string value, long channels, float epsilon = UsualEpsilon) =>
        net.Node(
            "LayerNormalization",
            [value, net.Vector("weight", channels), net.Vector("bias", channels)],
            ("axis", -1),
            ("epsilon", epsilon));

    /// <summary>Layer norm over the channels of [batch, channels, rows, columns].</summary>
    public static string ChannelNorm(
        this NetworkWriter net, string value, long channels, float epsilon = UsualEpsilon) =>
        net.ChannelsFirst(net.LayerNorm(net.ChannelsLast(value), channels, epsilon));

    /// <summary>Group norm of [batch, channels, rows, columns] (Wu and He 2018, section 3.1).</summary>
    public static string GroupNorm(this NetworkWriter net, string value, long channels, int groups, float epsilon)
    {
        // As an instance norm of one long row per group: the standard's own operator wants another operator set.
        var ones = net.Graph.Numbers([groups], [.. Enumerable.Repeat(1f, groups)]);
        var zeros = net.Graph.Numbers([groups], new float[groups]);
        var rows = net.Reshape(value, 0, groups, -1);
        var normed = net.Node("InstanceNormalization", [rows, ones, zeros], ("epsilon", epsilon));
        var restored = net.ReshapeTo(normed, net.Node("Shape", [value]));
        var scale = net.Reshape(net.Vector("weight", channels), 1, channels, 1, 1);
        var shift = net.Reshape(net.Vector("bias", channels), 1, channels, 1, 1);
        return net.Node("Add", [net.Node("Mul", [restored, scale]), shift]);
    }

    /// <summary>Root-mean-square norm over the last axis (Zhang and Sennrich 2019, equation 4).</summary>
    public static string RootMeanSquareNorm(this NetworkWriter net, string value, long channels, float epsilon)
    {
        // In the very nodes that ONNX Runtime knows to join into one kernel.
        var squares = net.Node("Pow", [value, net.Graph.Number(2)]);
        var mean = net.Node("ReduceMean", [squares, net.Graph.Integers(-1)], ("keepdims", 1));
        var root = net.Node("Sqrt", [net.Node("Add", [mean, net.Graph.Number(epsilon)])]);
        return net.Node("Mul", [net.Node("Div", [value, root]), net.Vector("weight", channels)]);
    }
}
