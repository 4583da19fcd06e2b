namespace SpexStream.Daemon.Commands;

/// <summary>A verb cannot go on; the message is the one line that the caller sees.</summary>
internal sealed class CommandException(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>Exit code of the process.</summary>
    public int ExitCode { get; } = exitCode;
}
