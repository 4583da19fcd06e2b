using SpexStream.Domain.Identity;

namespace SpexStream.Daemon.Commands.Input;

/// <summary>Options whose value is a name, an id or a path.</summary>
internal static class Texts
{
    private const int LongestName = 256;

    /// <summary>An id that must be given.</summary>
    public static CheckedOption<StationId> Station(string name, string meaning) =>
        new CheckedOption<StationId>(name, meaning, TopicLevel.Rule, null, StationId.TryParse);

    /// <summary>The id of a scene.</summary>
    public static CheckedOption<SceneId?> Scene(string name, string meaning, string otherwise) =>
        new CheckedOption<SceneId?>(name, meaning, SceneId.Rule, otherwise, (text, out value) =>
        {
            value = SceneId.TryParse(text, out var id) ? id : null;
            return value is not null;
        });

    /// <summary>The id of a platform.</summary>
    public static CheckedOption<PlatformId> Platform(string name, string meaning, PlatformId otherwise) =>
        new CheckedOption<PlatformId>(name, meaning, TopicLevel.Rule, otherwise.Value, PlatformId.TryParse, otherwise);

    /// <summary>A name as people give it.</summary>
    public static CheckedOption<string> Name(string name, string meaning, string otherwise) => new(
        name, meaning, $"1 to {LongestName} characters that can be printed", otherwise, IsName, otherwise);

    /// <summary>A name as people give it, that may be left out.</summary>
    public static CheckedOption<string?> OptionalName(string name, string meaning) =>
        new CheckedOption<string?>(name, meaning, $"1 to {LongestName} characters that can be printed", "none", IsName);

    /// <summary>One of few words.</summary>
    public static CheckedOption<string?> Word(string name, string meaning, string otherwise, params string[] words) =>
        new CheckedOption<string?>(name, meaning, string.Join(" or ", words), otherwise, (text, out value) =>
        {
            value = text;
            return words.Contains(text);
        });

    /// <summary>The full path of a folder; it need not be there yet.</summary>
    public static CheckedOption<string?> Folder(string name, string meaning, string? otherwise) =>
        new CheckedOption<string?>(name, meaning, "the path of a folder", otherwise, IsPath);

    /// <summary>The full path of a file that is looked at later.</summary>
    public static CheckedOption<string?> Path(string name, string meaning, string? otherwise) =>
        new CheckedOption<string?>(name, meaning, "the path of a file", otherwise, IsPath);

    /// <summary>The full path of a file that is there.</summary>
    public static CheckedOption<string?> File(
        string name, string meaning, string otherwise = "none") => new(
        name, meaning, "a file that exists", otherwise,
        (text, out path) => IsPath(text, out path) && System.IO.File.Exists(path));

    /// <summary>Makes a path whole; false for an empty one.</summary>
    public static bool IsPath(string text, out string? path)
    {
        path = string.IsNullOrWhiteSpace(text) ? null : System.IO.Path.GetFullPath(text);
        return path is not null;
    }

    private static bool IsName(string text, out string value)
    {
        value = text;
        return text.Length is > 0 and <= LongestName && !text.Any(char.IsControl) && !string.IsNullOrWhiteSpace(text);
    }
}
