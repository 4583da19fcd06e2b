using System.Security.Cryptography;
using System.Text;

namespace SpexStream.Domain.Announcements;

/// <summary>By what an announcement is recognised among copies of it that reach several nodes: the same message always
/// has the same mark, whatever becomes of it.</summary>
public readonly record struct AnnouncementMark
{
    private readonly string? _hex;

    private AnnouncementMark(string hex) => _hex = hex;

    /// <summary>64 lower-case hex digits.</summary>
    public string Hex => _hex ?? throw new InvalidOperationException("An unset AnnouncementMark has no digits.");

    /// <summary>The mark of a message.</summary>
    /// <param name="topic">Topic it came on.</param>
    /// <param name="payloadSha256">Digest of its payload, in hex.</param>
    /// <param name="item">The description that came beside a raster in the message; null when there is none.</param>
    public static AnnouncementMark Of(string topic, string payloadSha256, string? item) => new(Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{topic}\n{payloadSha256}\n{item}"))));

    /// <inheritdoc/>
    public override string ToString() => _hex ?? "(unset)";
}
