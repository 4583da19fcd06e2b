namespace SpexStream.Domain.Identity;

/// <summary>
/// One acquisition of one sensor along one pass, on one pixel grid. A scene's id also names its folder, beside files of
/// ours and on any file system; so it keeps <see cref="TopicLevel.Rule"/> and stays out of the way of those names.
/// </summary>
public readonly record struct SceneId
{
    /// <summary>The rule in words, for error messages.</summary>
    public const string Rule = TopicLevel.Rule
        + "; as it names a folder, it may not end in '.', '.json', '.old' or '.tmp', "
        + "nor be a device's name such as 'con' or 'nul.1', nor begin with 'spex-stream.'";

    // Facts that belong to no scene lie in the journal as if they were one's.
    private const string StreamPrefix = "spex-stream.";

    // collection.json lies beside the scenes' folders; what else may come to lie there will have such an ending, too.
    private static readonly string[] TakenEndings = [".", ".json", ".old", ".tmp"];
    private static readonly string[] Devices = ["con", "prn", "aux", "nul"];
    private readonly string? _value;

    private SceneId(string value) => _value = value;

    /// <summary>The id as text; never empty for a value that was parsed.</summary>
    public string Value => _value ?? throw new InvalidOperationException("An unset SceneId has no value.");

    /// <summary>Reads an id; false when it breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, out SceneId id)
    {
        var valid = TryParseStored(text, out id) && !id.IsStream;
        id = valid ? id : default;
        return valid;
    }

    /// <summary>Reads an id from a journal, where streams of other facts have ids as well; false when it is
    /// neither.</summary>
    public static bool TryParseStored(string? text, out SceneId id)
    {
        var valid = TopicLevel.IsValid(text) && !IsTaken(text!);
        id = valid ? new SceneId(text!) : default;
        return valid;
    }

    /// <summary>The id of a stream of facts that belong to no scene. No announcement and no command can name
    /// it.</summary>
    /// <param name="name">Its name; with the prefix it keeps <see cref="Rule"/>.</param>
    /// <exception cref="FormatException">It does not.</exception>
    public static SceneId OfStream(string name) => TryParseStored(StreamPrefix + name, out var id) ? id
        : throw new FormatException($"'{name}' is not the name of a stream: {TopicLevel.Rule}.");

    /// <summary>Whether it is a stream's and no scene's.</summary>
    public bool IsStream => _value?.StartsWith(StreamPrefix, StringComparison.Ordinal) ?? false;

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>.</exception>
    public static SceneId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not the id of a scene: {Rule}.");

    // Windows takes con, com1 ... for a device, whatever follows the first dot.
    private static bool IsTaken(string text)
    {
        var stem = text.Split('.')[0];
        return TakenEndings.Any(ending => text.EndsWith(ending, StringComparison.Ordinal)) || Devices.Contains(stem)
            || (stem.Length == 4 && (stem[..3] is "com" or "lpt") && char.IsAsciiDigit(stem[3]));
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? "(unset)";
}
