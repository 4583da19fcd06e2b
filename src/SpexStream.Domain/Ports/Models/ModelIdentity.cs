namespace SpexStream.Domain.Ports.Models;

/// <summary>Which model it is, as products and events name it.</summary>
/// <param name="Name">Name that its pack gives.</param>
/// <param name="Version">Version that its pack gives.</param>
/// <param name="Sha256">Digest over all files of the pack, 64 lower-case hex digits: other weights, other
/// digest.</param>
public sealed record ModelIdentity(string Name, string Version, string Sha256)
{
    /// <summary>Version and the first digits of the digest: answers of two models with equal texts can be
    /// mixed.</summary>
    public string Revision => $"{Version}+{Sha256[..12]}";

    /// <summary>Whether its weights were drawn at random: for tests, and told with every answer.</summary>
    public bool IsUntrained { get; init; }
}
