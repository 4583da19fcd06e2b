namespace SpexStream.Domain.Identity;

/// <summary>The ground station this daemon speaks for; the third level of every topic.</summary>
public readonly record struct StationId
{
    private readonly string? _value;

    private StationId(string value) => _value = value;

    /// <summary>The id as text; never empty for a value that was parsed.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset StationId has no value.");

    /// <summary>Reads an id; false when it breaks <see cref="TopicLevel.Rule"/>.</summary>
    public static bool TryParse(string? text, out StationId id)
    {
        var valid = TopicLevel.IsValid(text);
        id = valid ? new StationId(text!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text breaks <see cref="TopicLevel.Rule"/>.</exception>
    public static StationId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an id: {TopicLevel.Rule}.");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(unset)";
}
