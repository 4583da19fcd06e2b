using System.Text.Json;
using SpexStream.Inference.Onnx;
using SpexStream.Inference.Spex.Network;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>The deformable convolution: its sampling alone, and the whole module.</summary>
internal static class DeformableChecks
{
    public static void Sampling(GoldenFile file, GoldenComparison comparison)
    {
        foreach (var settings in file.Description.GetProperty("cases").EnumerateArray())
        {
            var name = settings.GetProperty("name").GetString()!;
            var shape = Shape(settings, settings.Int("C"), "kernel");
            using var part = ProbeGraph.Of(file, string.Empty, ["output/y"], net =>
            {
                Dimension[] image = ["batch", "rows", "columns", shape.Channels];
                var values = net.Graph.Input("x", ElementType.Float32, image);
                var offsets = net.Graph.Input(
                    "offset", ElementType.Float32, "batch", "rows_out", "columns_out", shape.Groups * shape.Taps * 2);
                var weights = net.Graph.Input(
                    "mask", ElementType.Float32, "batch", "rows_out", "columns_out", shape.Groups * shape.Taps);
                var grid = SamplingGrid.Of(net, values, net.Length(offsets, 1), net.Length(offsets, 2), shape);
                net.Traced("output/y", net.Sample(values, offsets, weights, shape, grid));
            });
            var results = part.Run(
                Input(file, $"{name}/input/x"), Input(file, $"{name}/input/offset"), Input(file, $"{name}/input/mask"));
            comparison.CompareAll(name, results, Tolerance.Module);
        }
    }

    public static void Module(GoldenFile file, GoldenComparison comparison)
    {
        foreach (var settings in file.Description.GetProperty("cases").EnumerateArray())
        {
            var name = settings.GetProperty("name").GetString()!;
            var shape = Shape(settings, settings.Int("channels"), "kernel_size") with
            {
                DepthwiseKernel = settings.Int("dw_kernel_size"),
                CenterFeatureScale = settings.GetProperty("center_feature_scale").GetBoolean(),
            };
            var inside = file.Names.Where(tensor => tensor.StartsWith($"{name}/mid/", StringComparison.Ordinal))
                .Select(tensor => tensor[$"{name}/mid/".Length..]);
            using var part = ProbeGraph.Of(file, $"{name}/weight/", ["y", .. inside], net =>
            {
                var values = net.Graph.Input("x", ElementType.Float32, "batch", "rows", "columns", shape.Channels);
                var grid = SamplingGrid.Of(net, values, net.Length(values, 1), net.Length(values, 2), shape);
                net.Traced("y", net.Deformable(values, shape, grid));
            });
            var results = part.Run(Input(file, $"{name}/input/x"));
            comparison.CompareAll($"{name}/mid", results, Tolerance.Module);
            comparison.CompareAll($"{name}/output", results, Tolerance.Module);
        }
    }

    public static (float[] Values, long[] Shape) Input(GoldenFile file, string name) => (
        file.Values(name), file.Shape(name));

    private static DeformableShape Shape(JsonElement settings, int channels, string kernel) =>
        new(channels, settings.Int("group"))
        {
            Kernel = settings.Int(kernel),
            Stride = settings.Int("stride"),
            Pad = settings.Int("pad"),
            Dilation = settings.Int("dilation"),
            OffsetScale = settings.Float("offset_scale", 1),
        };
}
