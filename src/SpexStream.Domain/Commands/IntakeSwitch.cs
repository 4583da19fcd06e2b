namespace SpexStream.Domain.Commands;

/// <summary>Whether strips are taken, as commands decide it. Immutable.</summary>
/// <param name="IsPaused">No strips are taken for now.</param>
/// <param name="IsLeaving">The node finishes and leaves; nothing changes that any more.</param>
public sealed record IntakeSwitch(bool IsPaused = false, bool IsLeaving = false)
{
    private static CommandAnswer Leaving { get; } =
        new(CommandStatus.Refused, "draining",
            "This node finishes and leaves; it takes strips when it is started again.");

    /// <summary>Decides on pause, resume and drain.</summary>
    public (IntakeSwitch Next, CommandAnswer Answer) Decide(StationCommand command) => command switch
    {
        StationCommand.Drain => (
            this with { IsLeaving = true },
            new(CommandStatus.Done, "draining",
                "No strips are taken; what is at work is finished or handed over, then this node leaves.")),
        _ when IsLeaving => (this, Leaving),
        StationCommand.Pause => (
            this with { IsPaused = true },
            new(CommandStatus.Done, "paused", "No strips are taken until resume, or a restart; open scenes go on.")),
        StationCommand.Unpause => (
            this with { IsPaused = false },
            new(CommandStatus.Done, "resumed", "Strips are taken.")),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };

    /// <summary>Why a folder cannot be replayed now; null when it can.</summary>
    public CommandAnswer? CannotReplay => IsLeaving ? Leaving
        : IsPaused ? new(CommandStatus.Refused, "paused", "No strips are taken; resume first.")
        : null;
}
