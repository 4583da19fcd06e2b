using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Journal.Facts;

/// <summary>A scene's id as a string.</summary>
internal sealed class SceneIdConverter() : TextConverter<SceneId>(SceneId.Parse, id => id.Value);

/// <summary>A platform's id as a string.</summary>
internal sealed class PlatformIdConverter() : TextConverter<PlatformId>(PlatformId.Parse, id => id.Value);

/// <summary>A rule's id as a string.</summary>
internal sealed class RuleIdConverter() : TextConverter<RuleId>(RuleId.Parse, id => id.Value);

/// <summary>An area's id as a string.</summary>
internal sealed class AreaIdConverter() : TextConverter<AreaId>(AreaId.Parse, id => id.Value);

/// <summary>An alert's id as a string.</summary>
internal sealed class AlertIdConverter() : TextConverter<AlertId>(text => new(text), id => id.Value);
