namespace SpexStream.Inference.Spex.Network;

/// <summary>Brings the aggregated map to the width of the mask decoder (Kirillov et al. 2023, "Segment Anything",
/// appendix A: the neck of the image encoder).</summary>
internal static class VisionNeck
{
    /// <summary>[batch, hidden, rows, columns] to [batch, channels, rows, columns].</summary>
    public static string Neck(this NetworkWriter net, string value, int hidden, int channels)
    {
        var first = net.At("conv1").Convolution(value, new ConvolutionShape(hidden, channels, 1) { Bias = false });
        net.Traced("visionneck.conv1", first);
        var normed = net.At("layer_norm1").ChannelNorm(first, channels);
        net.Traced("visionneck.layer_norm1", normed);
        var second = net.At("conv2").Convolution(
            normed, new ConvolutionShape(channels, channels, 3) { Pad = 1, Bias = false });
        net.Traced("visionneck.conv2", second);
        return net.At("layer_norm2").ChannelNorm(second, channels);
    }
}
