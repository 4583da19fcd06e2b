namespace SpexStream.Inference.Spex.Network;

/// <summary>A deformable convolution, version 3, with its projections (Wang et al. 2023, section 3.1). Its middle sampling
/// is <see cref="DeformableSampling"/>.</summary>
internal static class DeformableConvolution
{
    /// <summary>[batch, rows, columns, channels] in and out.</summary>
    public static string Deformable(this NetworkWriter net, string value, DeformableShape shape, SamplingGrid grid)
    {
        var channels = shape.Channels;
        var projected = net.Traced("input_proj", net.At("input_proj").Linear(value, channels, channels));
        var context = Context(net, value, shape);
        var offsets = net.Traced("offset", net.At("offset").Linear(context, channels, shape.Groups * shape.Taps * 2));
        var sampled = net.Sample(projected, offsets, Shares(net, context, shape), shape, grid);
        if (shape.CenterFeatureScale)
        {
            sampled = WithCentre(net, context, projected, sampled, shape);
        }

        net.Traced("before_output_proj", sampled);
        return net.At("output_proj").Linear(sampled, channels, channels);
    }

    // What offsets and weights are worked out from: of the input, not of its projection.
    private static string Context(NetworkWriter net, string value, DeformableShape shape)
    {
        var convolved = net.At("dw_conv.0").Convolution(
            net.ChannelsFirst(value),
            new ConvolutionShape(shape.Channels, shape.Channels, shape.DepthwiseKernel)
            {
                Pad = (shape.DepthwiseKernel - 1) / 2,
                Groups = shape.Channels,
            });
        net.Traced("dw_conv.0_nchw", convolved);
        var normed = net.At("dw_conv.1.1").LayerNorm(net.ChannelsLast(convolved), shape.Channels);
        net.Traced("dw_conv.1_layernorm_nhwc", normed);
        return net.Traced("dw_conv_out_nhwc", net.Gelu(normed));
    }

    // The taps of a group share a weight of one.
    private static string Shares(NetworkWriter net, string context, DeformableShape shape)
    {
        var logits = net.At("mask").Linear(context, shape.Channels, shape.Groups * shape.Taps);
        net.Traced("mask_logits", logits);
        var split = net.Reshape(logits, 0, -1, shape.Groups, shape.Taps);
        var shares = net.ReshapeTo(net.Node("Softmax", [split], ("axis", -1)), net.Node("Shape", [logits]));
        return net.Traced("mask_softmax", shares);
    }

    private static string WithCentre(
        NetworkWriter net, string context, string projected, string sampled, DeformableShape shape)
    {
        var weight = net.Node(
            "Transpose", [net.Tensor("center_feature_scale_proj_weight", shape.Groups, shape.Channels)]);
        var bias = net.Vector("center_feature_scale_proj_bias", shape.Groups);
        var scale = net.Node("Sigmoid", [net.Node("Add", [net.Node("MatMul", [context, weight]), bias])]);
        var perChannel = net.ReshapeTo(
            net.Node(
                "Expand",
                [
                    net.Node("Unsqueeze", [scale, net.Graph.Integers(-1)]),
                    net.Graph.Integers(1, 1, 1, shape.Groups, shape.GroupChannels),
                ]),
            net.Node("Shape", [sampled]));
        var kept = net.Node("Sub", [net.Graph.Number(1), perChannel]);
        return net.Node("Add", [net.Node("Mul", [sampled, kept]), net.Node("Mul", [projected, perChannel])]);
    }
}
