using System.Text.Json;

namespace SpexStream.Inference.Checkpoint;

/// <summary>Reads <c>model.safetensors.index.json</c>: which tensor lies in which file.</summary>
internal static class PieceIndex
{
    private const long MaxBytes = 32L << 20;

    /// <summary>File names by tensor name.</summary>
    /// <exception cref="CheckpointException">It is not such a list, or leads out of its folder.</exception>
    public static Dictionary<string, string> Read(string path)
    {
        var faults = new List<string>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MaxBytes)
            {
                throw new CheckpointException(path, $"has {stream.Length} bytes; {MaxBytes} are the most");
            }

            using var document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out var map)
                || map.ValueKind != JsonValueKind.Object)
            {
                throw new CheckpointException(path, "has no object 'weight_map'");
            }

            foreach (var entry in map.EnumerateObject())
            {
                Add(entry, places, faults);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(path, $"is not JSON ({fault.Message.TrimEnd('.')})", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read ({fault.Message})", fault);
        }

        if (faults.Count == 0 && places.Count == 0)
        {
            faults.Add("lists no tensors");
        }

        return faults.Count == 0 ? places : throw new CheckpointException(path, faults);
    }

    private static void Add(JsonProperty entry, Dictionary<string, string> places, List<string> faults)
    {
        var file = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : "";
        var name = HeaderReader.Shown(entry.Name);
        if (file.Length is 0 or > 255 || file is "." or ".." || file.AsSpan().ContainsAny("/\\\0"))
        {
            faults.Add(
                $"tensor '{name}' is said to lie in '{HeaderReader.Shown(file)}', which is no file of the folder");
        }
        else if (!places.TryAdd(entry.Name, file))
        {
            faults.Add($"tensor '{name}' is listed twice");
        }
    }
}
