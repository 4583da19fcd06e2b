namespace SpexStream.Domain.Announcements;

/// <summary>The digests that a checksum may use.</summary>
public enum HashKind
{
    /// <summary>SHA2-256, multihash prefix 1220.</summary>
    Sha256,

    /// <summary>SHA2-512, multihash prefix 1340.</summary>
    Sha512,
}
