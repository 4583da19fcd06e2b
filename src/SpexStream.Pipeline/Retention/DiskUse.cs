namespace SpexStream.Pipeline.Retention;

/// <summary>What something takes on the disk.</summary>
/// <param name="Bytes">Bytes of its files.</param>
/// <param name="WrittenAt">When it was written to last.</param>
public readonly record struct DiskUse(long Bytes, DateTimeOffset WrittenAt)
{
    // What a link points to belongs to others; what vanishes while it is looked at takes nothing.
    private static readonly EnumerationOptions Inside = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>Measures a file, a link or a folder.</summary>
    public static DiskUse Of(string path)
    {
        var folder = new DirectoryInfo(path);
        if (!folder.Exists || folder.LinkTarget is not null)
        {
            var file = new FileInfo(path);
            return new(file.Exists && file.LinkTarget is null ? file.Length : 0, file.LastWriteTimeUtc);
        }

        var (bytes, newest) = (0L, folder.LastWriteTimeUtc);
        foreach (var file in folder.EnumerateFiles("*", Inside))
        {
            bytes += file.Length;
            newest = file.LastWriteTimeUtc > newest ? file.LastWriteTimeUtc : newest;
        }

        return new(bytes, newest);
    }

    /// <summary>Bytes that a user without special rights may still write below a folder.</summary>
    public static long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;
}
