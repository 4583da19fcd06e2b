namespace SpexStream.Inference.Spex.Network;

/// <summary>Joins the features of all levels at the size of the third one (a sixteenth of the image).</summary>
internal static class FeatureAggregator
{
    // The order in which the levels are put together, and the one that gives the size.
    private static readonly int[] Order = [2, 0, 1, 3];

    /// <summary>Four stages [batch, channels, rows, columns] to one map of <paramref name="hidden"/> channels.</summary>
    public static string Aggregate(
        this NetworkWriter net, IReadOnlyList<string> stages, IReadOnlyList<int> widths, int hidden, int groups)
    {
        var like = stages[Order[0]];
        var resized = Order.Select(index => index == Order[0] ? like : Resized(net, stages[index], like)).ToArray();
        var joined = net.Traced("agg.concat_nchw", net.Node("Concat", resized, ("axis", 1)));
        var mixed = net.At("fuse_all.0").Convolution(joined, new ConvolutionShape(widths.Sum(), hidden, 1));
        net.Traced("agg.conv1x1_nchw", mixed);
        var normed = net.At("fuse_all.1").GroupNorm(mixed, hidden, groups, Norms.LibraryEpsilon);
        net.Traced("agg.groupnorm_nchw", normed);
        return net.Traced("agg.out_nchw", net.Gelu(normed));
    }

    // Bilinear, the centres of the corner pixels upon each other; not averaged where it shrinks.
    private static string Resized(NetworkWriter net, string value, string like)
    {
        var size = net.Joined(net.Length(value, 0), net.Length(value, 1), net.Length(like, 2), net.Length(like, 3));
        return net.Node(
            "Resize",
            [value, string.Empty, string.Empty, size],
            ("mode", "linear"),
            ("coordinate_transformation_mode", "align_corners"));
    }
}
