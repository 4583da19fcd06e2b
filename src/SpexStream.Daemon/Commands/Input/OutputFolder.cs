namespace SpexStream.Daemon.Commands.Input;

/// <summary>A folder that a verb is told to write into.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder with all that lead to it, and tries whether it can be written to.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    public static string Make(string option, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            Directory.CreateDirectory(Path.Combine(path, $".probe-{Guid.NewGuid():N}")).Delete();
            return path;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Before any work is done, in the system's words.
            throw new CommandException(
                $"{option} {path}: {fault.Message.TrimEnd('.')}; give a folder that {Environment.UserName} can write to.");
        }
    }
}
