using System.Text.Json.Serialization;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Journal.Facts;

/// <summary>The fields of facts as JSON: names in camel case, enums by name, times ISO 8601, tiles as runs. A field
/// that is missing without having a default is an error; one that is not known is passed over.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(SceneIdConverter), typeof(PlatformIdConverter), typeof(BandSetConverter), typeof(ChecksumConverter),
        typeof(TileRunsConverter), typeof(TileIndexConverter), typeof(RuleIdConverter), typeof(AreaIdConverter),
        typeof(AlertIdConverter),
    ])]
[JsonSerializable(typeof(FactEnvelope))]
[JsonSerializable(typeof(SceneFact.SceneOpened))]
[JsonSerializable(typeof(SceneFact.StripAccepted))]
[JsonSerializable(typeof(SceneFact.TileCrashed))]
[JsonSerializable(typeof(SceneFact.StripSummarised))]
[JsonSerializable(typeof(SceneFact.StripQuarantined))]
[JsonSerializable(typeof(SceneFact.StripReleased))]
[JsonSerializable(typeof(SceneFact.PassEnded))]
[JsonSerializable(typeof(SceneFact.GatheringEnded))]
[JsonSerializable(typeof(SceneFact.ScenePublished))]
[JsonSerializable(typeof(SceneFact.SceneFailed))]
[JsonSerializable(typeof(SceneFact.SceneReopened))]
[JsonSerializable(typeof(SceneFact.SceneRetracted))]
[JsonSerializable(typeof(SceneFact.SceneAbandoned))]
[JsonSerializable(typeof(SceneFact.ProductRemoved))]
[JsonSerializable(typeof(SceneFact.AreasMeasured))]
[JsonSerializable(typeof(SceneFact.RuleUsed))]
[JsonSerializable(typeof(SceneFact.RuleDropped))]
[JsonSerializable(typeof(SceneFact.AlertsJudged))]
[JsonSerializable(typeof(SceneFact.SceneJudged))]
[JsonSerializable(typeof(SceneFact.AlertsRestated))]
[JsonSerializable(typeof(SceneFact.StreamMoved))]
[JsonSerializable(typeof(SceneFact.RulesRead))]
[JsonSerializable(typeof(SceneFact.AreasDropped))]
[JsonSerializable(typeof(InboxItem.Strip))]
[JsonSerializable(typeof(InboxItem.EndOfPass))]
[JsonSerializable(typeof(InboxItem.Order))]
internal sealed partial class FactJson : JsonSerializerContext;
