using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;

namespace SpexStream.Domain.Commands;

/// <summary>The answer to a command.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Code for machines, by <see cref="TopicLevel.Rule"/>; never changes its meaning.</param>
/// <param name="Sentence">What was done, or why nothing was, for people.</param>
public sealed record CommandAnswer(CommandStatus Status, string Reason, string Sentence)
{
    /// <summary>The scene that it is about; null for none.</summary>
    public SceneId? Scene { get; init; }

    /// <summary>Revision of the product that it is about; null for none.</summary>
    public int? Revision { get; init; }

    /// <summary>What became of replayed strips; null for other commands.</summary>
    public ReplayCount? Strips { get; init; }

    /// <summary>The answer to an order.</summary>
    public static CommandAnswer Of(SceneId scene, SceneOrderOutcome outcome) =>
        new(outcome.IsDone ? CommandStatus.Done : CommandStatus.Refused, outcome.Reason, outcome.Sentence)
        {
            Scene = scene,
            Revision = outcome.Revision,
        };

    /// <summary>The answer to a replay.</summary>
    /// <param name="count">What became of the strips.</param>
    /// <param name="first">The first that was not taken, and why; null when all were.</param>
    public static CommandAnswer Of(ReplayCount count, string? first) => (count.Found, first) switch
    {
        (0, _) => new(CommandStatus.Refused, "no-strips", "The folder holds no strip items (*.json).") { Strips = count },
        (_, null) => new(
            CommandStatus.Done, "replayed",
            $"{count.Found} strips: {count.Accepted} taken, {count.Duplicates} were there already.") { Strips = count },
        _ => new(
            CommandStatus.Failed, "some-refused",
            $"{count.Refused} of {count.Found} files were not taken, the first: {first}") { Strips = count },
    };
}
