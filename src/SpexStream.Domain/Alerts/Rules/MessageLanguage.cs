namespace SpexStream.Domain.Alerts.Rules;

/// <summary>Language of an alert's headline.</summary>
public enum MessageLanguage
{
    /// <summary>English.</summary>
    English,

    /// <summary>German.</summary>
    German,
}
