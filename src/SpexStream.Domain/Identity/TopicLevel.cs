using System.Buffers;

namespace SpexStream.Domain.Identity;

/// <summary>
/// The one alphabet of every id that becomes a topic level, a folder name or a key: <c>[a-z0-9][a-z0-9._-]{0,99}</c>.
/// An id outside of it is refused, never rewritten.
/// </summary>
public static class TopicLevel
{
    /// <summary>Longest id, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>The rule in words, for error messages.</summary>
    public const string Rule = "1 to 100 characters of a-z, 0-9, '.', '_' and '-', the first a letter or digit";

    private static readonly SearchValues<char> First = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Rest = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Whether <paramref name="value"/> may stand as one level.</summary>
    public static bool IsValid(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= MaxLength && First.Contains(value[0]) && !value.ContainsAnyExcept(Rest);
}
