namespace SpexStream.Domain.Ports.Pipeline;

/// <summary>What tells that a file is still the one that was checked.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When it was last written, UTC.</param>
public readonly record struct FileStamp(long Bytes, DateTimeOffset ModifiedAt)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Bytes} bytes of {ModifiedAt:O}";
}
