using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Alerts.Rules;

/// <summary>The name of an alert rule; part of the key of its alerts.</summary>
public readonly record struct RuleId
{
    private readonly string? _value;

    private RuleId(string value) => _value = value;

    /// <summary>The id as text; never empty for a value that was parsed.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset RuleId has no value.");

    /// <summary>Reads an id; false when it breaks <see cref="TopicLevel.Rule"/>.</summary>
    public static bool TryParse(string? text, out RuleId id)
    {
        var valid = TopicLevel.IsValid(text);
        id = valid ? new RuleId(text!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text breaks <see cref="TopicLevel.Rule"/>.</exception>
    public static RuleId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an id: {TopicLevel.Rule}.");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(unset)";
}
