namespace SpexStream.Daemon.Files;

/// <summary>Whether something can be made in a folder that exists; leaves it as it was.</summary>
internal static class FolderTrial
{
    /// <summary>Why nothing can be made there, as a half sentence; null when all is well.</summary>
    public static string? Fault(string folder)
    {
        try
        {
            // A folder, not a file: some file systems have files that only the system makes.
            Directory.CreateDirectory(Path.Combine(folder, $".trial-{Guid.NewGuid():N}")).Delete();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The answer is the reason.
            return Reason(fault);
        }
    }

    /// <summary>The system's reason without the paths it names, of which the user knows only one.</summary>
    public static string Reason(Exception fault) => fault switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "the system lets nothing be made there",
        _ => fault.Message.Split(" : '")[0].TrimEnd('.'),
    };
}
