using System.Security.Cryptography;
using System.Text;

namespace SpexStream.Inference.Packs;

/// <summary>The digest of a pack: over the names and digests of its files, in order of their names.</summary>
internal static class PackDigest
{
    /// <summary>Digest of one file, lower-case hex.</summary>
    public static string OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Digest of files in a folder; the form of <c>sha256sum</c>'s list is what is digested.</summary>
    public static string Of(string folder, IEnumerable<string> files) =>
        Of(files.Distinct().ToDictionary(name => name, name => OfFile(Path.Combine(folder, name))));

    /// <summary>The same, of files whose digests are known by their names.</summary>
    public static string Of(IReadOnlyDictionary<string, string> digests)
    {
        var list = new StringBuilder();
        foreach (var name in digests.Keys.Order(StringComparer.Ordinal))
        {
            list.Append(digests[name]).Append("  ").Append(name).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())));
    }
}
