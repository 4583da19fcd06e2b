using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Journal;

/// <summary>What a list of scenes says of one, folded from its facts.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Epoch">Epoch of its newest writer.</param>
public sealed record SceneListing(SceneId Scene, long Epoch)
{
    /// <summary>Sequence number of its last fact; 0 while it has none.</summary>
    public long LastSequence { get; init; }

    /// <summary>Whether it is still worked on.</summary>
    public SceneStanding Standing { get; init; }

    /// <summary>When its first fact was decided.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When its standing changed last; for a closed scene, when it was closed.</summary>
    public DateTimeOffset StandsSince { get; init; }

    /// <summary>When the answer is due; null for none.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>0 (least) to 9 (most urgent).</summary>
    public int Priority { get; init; }

    /// <summary>Revision of the newest product; 0 before the first.</summary>
    public int Revision { get; init; }

    /// <summary>Name of the newest product's folder; null before the first.</summary>
    public string? Folder { get; init; }

    /// <summary>The listing after one more fact.</summary>
    public SceneListing With(RecordedFact recorded)
    {
        var next = this with
        {
            LastSequence = recorded.Sequence,
            OpenedAt = LastSequence == 0 ? recorded.At : OpenedAt,
            StandsSince = LastSequence == 0 ? recorded.At : StandsSince,
        };
        next = recorded.Fact switch
        {
            SceneFact.SceneOpened opened =>
                next with { Deadline = opened.Scene.Deadline, Priority = opened.Scene.Priority },
            SceneFact.ScenePublished { Product: var product } => next with
            {
                Revision = product.Revision,
                Folder = product.Folder,
            },
            _ => next,
        };
        return recorded.Fact.Leaves is { } standing
            ? next with { Standing = standing, StandsSince = recorded.At }
            : next;
    }
}
