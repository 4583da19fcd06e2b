namespace SpexStream.Daemon.Commands;

/// <summary>A verb cannot go on; the message is the one line that the caller sees.</summary>
internal sealed class CommandException(string message, int exitCode = CommandException.Failed) : Exception(message)
{
    /// <summary>Exit code for work that failed.</summary>
    public const int Failed = 1;

    /// <summary>Exit code for a mistake on the command line or in the settings.</summary>
    public const int Misused = 2;

    /// <summary>Exit code when something did not happen in time.</summary>
    public const int TimedOut = 3;

    /// <summary>Exit code of the process.</summary>
    public int ExitCode { get; } = exitCode;
}
