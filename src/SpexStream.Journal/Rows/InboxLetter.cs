using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Facts;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Rows;

/// <summary>Something for a scene's owner as it lies in the inbox.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Body">What it is, as bytes.</param>
/// <param name="Digest">SHA-256 of scene and body: the same is taken once.</param>
internal sealed record InboxLetter(string Scene, byte[] Body, byte[] Digest)
{
    /// <summary>The digest as a key of a table.</summary>
    public string Mark { get; } = Convert.ToHexString(Digest);

    public static InboxLetter Of(InboxItem item)
    {
        var body = InboxFormat.Write(item);
        return new(item.Target.Value, body, DigestOf(item.Target.Value, body));
    }

    public static byte[] DigestOf(string scene, byte[] body) => new SealWriter().Add(scene).Add(body).Digest();
}
