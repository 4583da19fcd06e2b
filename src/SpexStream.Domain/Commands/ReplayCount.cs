namespace SpexStream.Domain.Commands;

/// <summary>What became of the strips of a folder.</summary>
/// <param name="Accepted">Taken by their scenes.</param>
/// <param name="Duplicates">Known already.</param>
/// <param name="Refused">Not taken; a strip among them has its dead letter.</param>
public sealed record ReplayCount(int Accepted = 0, int Duplicates = 0, int Refused = 0)
{
    /// <summary>Files that were looked at.</summary>
    public int Found => Accepted + Duplicates + Refused;
}
