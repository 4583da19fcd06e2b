using System.Text.Json;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Words;

/// <summary>Reads a JSON file of bounded size.</summary>
internal static class JsonFile
{
    // Released tokenizers have 7 to 20 million bytes.
    private const long MaxBytes = 64L << 20;

    /// <summary>Reads an object; the caller disposes it.</summary>
    /// <exception cref="CheckpointException">The file cannot be read, is too large, or holds no JSON
    /// object.</exception>
    public static JsonDocument Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MaxBytes)
            {
                throw new CheckpointException(path, $"has {stream.Length} bytes; {MaxBytes} are the most");
            }

            var document = JsonDocument.Parse(stream);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                document.Dispose();
                throw new CheckpointException(path, "is not a JSON object");
            }

            return document;
        }
        catch (JsonException fault)
        {
            throw new CheckpointException(path, $"is not JSON ({fault.Message.TrimEnd('.')})", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read ({fault.Message})", fault);
        }
    }

    /// <summary>A text, with surrogates that have no partner replaced; null for anything else.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escape of half a surrogate pair.
            return null;
        }
    }
}
