namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>W3C trace context, level 1: <c>version-traceid-parentid-flags</c> in lower-case hex.</summary>
internal static class TraceParent
{
    /// <summary>The value where it is well formed, else null: a broken trace is no reason to refuse anything.</summary>
    public static string? Valid(string? value)
    {
        var wellFormed = value is { Length: 55 }
            && value.Split('-')
                is [{ Length: 2 } version, { Length: 32 } trace, { Length: 16 } parent, { Length: 2 } flags]
            && version != "ff"
            && (version + trace + parent + flags).All(char.IsAsciiHexDigitLower)
            && trace.Any(c => c != '0')
            && parent.Any(c => c != '0');
        return wellFormed ? value : null;
    }
}
