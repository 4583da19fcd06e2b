namespace SpexStream.Inference.Segmentation;

/// <summary>The windows of a model along one axis: where the first begins in scene pixels, how many there are, and
/// how far
/// apart they begin.</summary>
internal readonly record struct AxisWindows(int First, int Count, int Step)
{
    /// <summary>Where a window begins.</summary>
    public int Start(int window) => First + (window * Step);
}
