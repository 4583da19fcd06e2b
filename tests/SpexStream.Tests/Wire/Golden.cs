using System.Text;
using System.Text.Json;
using Xunit;

namespace SpexStream.Tests.Wire;

/// <summary>Compares JSON with a readable literal: same members in the same order, white space apart.</summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Equal(string expected, string actual) => Assert.Equal(Format(expected), Format(actual));

    public static void Equal(string expected, ReadOnlyMemory<byte> actual) =>
        Equal(expected, Encoding.UTF8.GetString(actual.Span));

    private static string Format(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
