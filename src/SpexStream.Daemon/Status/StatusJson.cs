using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpexStream.Daemon.Status;

/// <summary>Writes and reads reports.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(StationReport))]
[JsonSerializable(typeof(NewsItem))]
internal sealed partial class StatusJson : JsonSerializerContext
{
    /// <summary>One line each, for events.</summary>
    public static StatusJson Compact { get; } = new(
        new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
}
