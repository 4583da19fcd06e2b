namespace SpexStream.Inference.Spex.Network;

/// <summary>The InternImage backbone, post-norm with layer scale (Wang et al. 2023, section 3.2).</summary>
internal static class InternImage
{
    /// <summary>Pixels [batch, bands, rows, columns] to the features of the levels, [batch, channels, rows, columns] each.</summary>
    public static string[] Backbone(this NetworkWriter net, string pixels, InternImageSizes sizes)
    {
        var value = Stem(net.At("patch_embed"), pixels, sizes);
        var stages = new string[sizes.Depths.Count];
        for (var level = 0; level < stages.Length; level++)
        {
            var here = net.At($"levels.{level}");
            value = Level(here, value, level, sizes);
            stages[level] = net.Traced($"stage{level}_nchw", net.ChannelsFirst(value));
            if (level < stages.Length - 1)
            {
                value = Downsample(here.At("downsample"), stages[level], sizes.Width(level));
                net.Traced($"level{level}.downsample_nhwc", value);
            }
        }

        return stages;
    }

    private static string Stem(NetworkWriter net, string pixels, InternImageSizes sizes)
    {
        var half = sizes.Channels / 2;
        var first = net.At("conv1").Convolution(pixels, new ConvolutionShape(sizes.Bands, half, 3) { Stride = 2, Pad = 1 });
        net.Traced("stem.conv1_nchw", first);
        var normed = net.At("norm1.1").ChannelNorm(first, half);
        net.Traced("stem.norm1_nchw", normed);
        var second = net.At("conv2").Convolution(
            net.Gelu(normed), new ConvolutionShape(half, sizes.Channels, 3) { Stride = 2, Pad = 1 });
        net.Traced("stem.conv2_nchw", second);
        return net.Traced("stem_nhwc", net.At("norm2.1").LayerNorm(net.ChannelsLast(second), sizes.Channels));
    }

    private static string Level(NetworkWriter net, string value, int level, InternImageSizes sizes)
    {
        var shape = new DeformableShape(sizes.Width(level), sizes.Groups[level])
        {
            OffsetScale = sizes.OffsetScale,
            DepthwiseKernel = sizes.DepthwiseKernel,
        };
        var grid = SamplingGrid.Of(net, value, net.Length(value, 1), net.Length(value, 2), shape);
        for (var block = 0; block < sizes.Depths[level]; block++)
        {
            var name = $"level{level}.block{block}";
            value = net.Traced($"{name}_nhwc", Block(net.At($"blocks.{block}"), value, name, shape, grid, sizes));
        }

        return value;
    }

    private static string Block(
        NetworkWriter net, string value, string name, DeformableShape shape, SamplingGrid grid, InternImageSizes sizes)
    {
        var width = shape.Channels;
        var hidden = (int)(width * sizes.PerceptronRatio);
        var sampled = net.Traced($"{name}.dcn_nhwc", net.At("dcn").Deformable(value, shape, grid));
        value = Added(net, value, "weight1", net.At("norm1.0").LayerNorm(sampled, width), width);
        var opened = net.Gelu(net.At("mlp.fc1").Linear(value, width, hidden));
        var closed = net.At("mlp.fc2").Linear(opened, hidden, width);
        return Added(net, value, "weight2", net.At("norm2.0").LayerNorm(closed, width), width);
    }

    private static string Added(NetworkWriter net, string value, string scale, string branch, int width) =>
        net.Node("Add", [value, net.Node("Mul", [branch, net.Vector(scale, width)])]);

    private static string Downsample(NetworkWriter net, string stage, int width)
    {
        var shape = new ConvolutionShape(width, width * 2, 3) { Stride = 2, Pad = 1, Bias = false };
        return net.At("norm.1").LayerNorm(net.ChannelsLast(net.At("conv").Convolution(stage, shape)), width * 2);
    }
}
