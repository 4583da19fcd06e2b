namespace SpexStream.Inference.Spex.Network;

/// <summary>Layers that hold one product. Each stands at its own path, with weights named "weight" and "bias".</summary>
internal static class Layers
{
    /// <summary>y = x W^T + b over the last axis.</summary>
    public static string Linear(this NetworkWriter net, string value, long inputs, long outputs, bool bias = true)
    {
        var product = net.Widen(net.Node("MatMul", [net.Narrow(value), net.Matrix("weight", inputs, outputs)]));
        return bias ? net.Node("Add", [product, net.Vector("bias", outputs)]) : product;
    }

    /// <summary>Convolution [batch, channels, rows, columns] with a square kernel.</summary>
    public static string Convolution(this NetworkWriter net, string value, ConvolutionShape shape)
    {
        string[] inputs =
        [
            net.Narrow(value),
            net.Kernel("weight", shape.Outputs, shape.Inputs / shape.Groups, shape.Kernel, shape.Kernel),
            .. shape.Bias ? [net.Kernel("bias", shape.Outputs)] : Array.Empty<string>(),
        ];
        long pad = shape.Pad;
        return net.Widen(net.Node(
            "Conv",
            inputs,
            ("kernel_shape", new long[] { shape.Kernel, shape.Kernel }),
            ("strides", new long[] { shape.Stride, shape.Stride }),
            ("pads", new[] { pad, pad, pad, pad }),
            ("group", shape.Groups)));
    }

    /// <summary>Transposed convolution with a kernel and stride of 2: twice the rows and columns.</summary>
    public static string Doubling(this NetworkWriter net, string value, long inputs, long outputs) =>
        net.Widen(net.Node(
            "ConvTranspose",
            [net.Narrow(value), net.Kernel("weight", inputs, outputs, 2, 2), net.Kernel("bias", outputs)],
            ("kernel_shape", new long[] { 2, 2 }),
            ("strides", new long[] { 2, 2 })));

    /// <summary>GELU in its exact form, x / 2 (1 + erf(x / sqrt 2)) (Hendrycks and Gimpel 2016, section 2).</summary>
    public static string Gelu(this NetworkWriter net, string value) => net.Node("Gelu", [value]);

    /// <summary>x sigmoid(x).</summary>
    public static string Silu(this NetworkWriter net, string value) =>
        net.Node("Mul", [value, net.Node("Sigmoid", [value])]);
}
