using System.Text.Json;

namespace SpexStream.Inference.Spex.Verification;

/// <summary>Numbers out of a description.</summary>
internal static class Settings
{
    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static float Float(this JsonElement element, string name, float otherwise) =>
        element.TryGetProperty(name, out var value) ? value.GetSingle() : otherwise;

    public static int[] Ints(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
}
