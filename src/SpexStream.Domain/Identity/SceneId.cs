namespace SpexStream.Domain.Identity;

/// <summary>One acquisition of one sensor along one pass, on one pixel grid.</summary>
public readonly record struct SceneId
{
    private readonly string? _value;

    private SceneId(string value) => _value = value;

    /// <summary>The id as text; never empty for a value that was parsed.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset SceneId has no value.");

    /// <summary>Reads an id; false when it breaks <see cref="TopicLevel.Rule"/>.</summary>
    public static bool TryParse(string? text, out SceneId id)
    {
        var valid = TopicLevel.IsValid(text);
        id = valid ? new SceneId(text!) : default;
        return valid;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text breaks <see cref="TopicLevel.Rule"/>.</exception>
    public static SceneId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an id: {TopicLevel.Rule}.");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(unset)";
}
