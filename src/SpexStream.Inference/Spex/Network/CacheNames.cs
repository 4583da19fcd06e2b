namespace SpexStream.Inference.Spex.Network;

/// <summary>Names of a decoder graph's cache tensors.</summary>
internal static class CacheNames
{
    public static string PastKey(int layer) => $"past.{layer}.key";

    public static string PastValue(int layer) => $"past.{layer}.value";

    public static string PresentKey(int layer) => $"present.{layer}.key";

    public static string PresentValue(int layer) => $"present.{layer}.value";
}
