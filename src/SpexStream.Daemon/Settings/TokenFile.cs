namespace SpexStream.Daemon.Settings;

/// <summary>A file that holds a token: one that could be guessed is none.</summary>
internal static class TokenFile
{
    private const int Shortest = 16;
    private const int Largest = 4096;

    /// <summary>Whether it can be read and holds enough.</summary>
    public static bool IsValid(string path)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(path) && new FileInfo(path) is { Exists: true, Length: <= Largest }
                && Read(path).Length >= Shortest;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The answer is no; the mistake is told with the others.
            return false;
        }
    }

    /// <summary>The token; white space around it is no part of it.</summary>
    public static string Read(string path) => File.ReadAllText(path).Trim();
}
