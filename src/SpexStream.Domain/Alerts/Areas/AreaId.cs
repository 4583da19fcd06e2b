using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Areas;

/// <summary>A place that somebody wants to be warned of; a level of the topics of its alerts.</summary>
public readonly record struct AreaId
{
    private readonly string? _value;

    private AreaId(string value) => _value = value;

    /// <summary>The id as text; never empty for a value that was parsed.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset AreaId has no value.");

    /// <summary>Reads an id; false when it breaks <see cref="TopicLevel.Rule"/>.</summary>
    public static bool TryParse(string? text, out AreaId id)
    {
        var valid = TopicLevel.IsValid(text);
        id = valid ? new AreaId(text!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text breaks <see cref="TopicLevel.Rule"/>.</exception>
    public static AreaId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an id: {TopicLevel.Rule}.");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(unset)";
}
