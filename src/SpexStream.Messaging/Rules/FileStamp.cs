namespace SpexStream.Messaging.Rules;

/// <summary>What a file looked like at one moment; another stamp means that it may hold something else.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Written">When it was written, by the file system's clock.</param>
/// <param name="Length">Bytes; -1 where there is no file, -2 where nobody can tell.</param>
public readonly record struct FileStamp(string Path, DateTime Written, long Length)
{
    /// <summary>Looks at a file. Files that are named by a link are changed by pointing it elsewhere, too.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            var info = new FileInfo(path);
            info = info.Exists ? info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info : info;
            return info.Exists ? new(path, info.LastWriteTimeUtc, info.Length) : new(path, DateTime.MinValue, -1);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A loop of links, or gone since: whoever reads the file is told.
            return new(path, DateTime.MinValue, -2);
        }
    }
}
