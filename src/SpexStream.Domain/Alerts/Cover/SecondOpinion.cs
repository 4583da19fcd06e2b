using System.Text.Json.Serialization;

namespace SpexStream.Domain.Alerts.Cover;

/// <summary>
/// How far a second backend agrees with what was measured of a class in an area, on the same pixels. Not what it found
/// by itself: that two backends find as much in different places is no agreement, and neither is it that both stray as
/// far from what is usual by the first one's reckoning.
/// </summary>
/// <param name="Backend">Name of the second backend.</param>
public sealed record SecondOpinion(string Backend)
{
    /// <summary>The class where both say it: the least that both vouch for. Null where it was not measured: no rule
    /// watches for too much, or the first found none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClassExtent? Both { get; init; }

    /// <summary>The class where either says it or the second says nothing: the most that there may be. Null where it
    /// was not measured: no rule watches for too little, or the first found nothing else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClassExtent? Either { get; init; }
}
