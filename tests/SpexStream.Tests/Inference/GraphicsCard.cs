namespace SpexStream.Tests.Inference;

/// <summary>Whether this machine has a graphics card that CUDA can use.</summary>
internal static class GraphicsCard
{
    /// <summary>Why what needs one is not run; null where there is one.</summary>
    public static string? Missing => IsThere ? null : "CUDA: not run, there is no graphics card";

    public static bool IsThere { get; } = File.Exists("/dev/nvidia0");
}
