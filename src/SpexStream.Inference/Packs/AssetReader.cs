namespace SpexStream.Inference.Packs;

/// <summary>Reads the asset that is the graph.</summary>
internal static class AssetReader
{
    // A multihash: function 0x12 (SHA-256), 0x20 bytes.
    private const string Sha256Prefix = "1220";

    /// <summary>The file's name, and its digest where one is given.</summary>
    public static (string File, string? Sha256) Read(PackField field)
    {
        var href = field["href"].Text();
        var name = href.StartsWith("./", StringComparison.Ordinal) ? href[2..] : href;
        if (name.Length > 0 && (name != Path.GetFileName(name) || name is "." or ".."))
        {
            field["href"].Fault($"is '{href}'; the graph is a file in the pack's own folder");
        }

        var sum = field["file:checksum"];
        if (sum.IsMissing)
        {
            return (name, null);
        }

        var text = sum.Text();
        if (text.StartsWith(Sha256Prefix, StringComparison.Ordinal) && text.Length == 68
            && text.All(char.IsAsciiHexDigitLower))
        {
            return (name, text[4..]);
        }

        sum.Fault("is no multihash of SHA-256: 1220 and 64 lower-case hex digits");
        return (name, null);
    }
}
