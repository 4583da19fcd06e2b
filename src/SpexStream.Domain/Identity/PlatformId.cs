namespace SpexStream.Domain.Identity;

/// <summary>The satellite or aircraft that carries the sensor.</summary>
public readonly record struct PlatformId
{
    private readonly string? _value;

    private PlatformId(string value) => _value = value;

    /// <summary>The id as text; never empty for a value that was parsed.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset PlatformId has no value.");

    /// <summary>Reads an id; false when it breaks <see cref="TopicLevel.Rule"/>.</summary>
    public static bool TryParse(string? text, out PlatformId id)
    {
        var valid = TopicLevel.IsValid(text);
        id = valid ? new PlatformId(text!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text breaks <see cref="TopicLevel.Rule"/>.</exception>
    public static PlatformId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an id: {TopicLevel.Rule}.");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(unset)";
}
