namespace SpexStream.Domain.Commands;

/// <summary>What became of a command.</summary>
public enum CommandStatus
{
    /// <summary>All is as it was asked for.</summary>
    Done,

    /// <summary>Nothing was done: the command is wrong, or does not fit what is there.</summary>
    Refused,

    /// <summary>It was begun and not finished, or nobody knows; it may be given again.</summary>
    Failed,
}
