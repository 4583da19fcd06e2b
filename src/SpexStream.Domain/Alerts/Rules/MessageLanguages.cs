namespace SpexStream.Domain.Alerts.Rules;

/// <summary>Tags of the languages (RFC 5646).</summary>
public static class MessageLanguages
{
    /// <summary>All tags, for error messages.</summary>
    public const string Names = "en or de";

    /// <summary>The tag.</summary>
    public static string Tag(this MessageLanguage value) => value == MessageLanguage.German ? "de" : "en";

    /// <summary>Reads a tag; null when unknown.</summary>
    public static MessageLanguage? FromTag(string? text) => text switch
    {
        "en" => MessageLanguage.English,
        "de" => MessageLanguage.German,
        _ => null,
    };
}
