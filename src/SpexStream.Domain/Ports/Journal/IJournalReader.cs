using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>What can be asked of a journal without changing it. Safe for use from several threads.</summary>
/// <remarks>Every call can throw a <see cref="JournalException"/>.</remarks>
public interface IJournalReader
{
    /// <summary>What is known of a scene in short; null when it has no facts.</summary>
    ValueTask<SceneListing?> FindAsync(SceneId scene, CancellationToken cancellation = default);

    /// <summary>The facts of a scene in order, read in pages; none when it is unknown.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="after">Sequence number behind which to begin; 0 for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<RecordedFact> ReadAsync(SceneId scene, long after = 0, CancellationToken cancellation = default);

    /// <summary>Scenes that are worked on: the earliest deadline first (none is last), then the highest priority, then
    /// the oldest.</summary>
    ValueTask<ImmutableArray<SceneListing>> ListOpenAsync(CancellationToken cancellation = default);

    /// <summary>Closed scenes, the longest closed first.</summary>
    /// <param name="before">Only those that were closed before this time.</param>
    /// <param name="limit">At most so many, at least 1.</param>
    /// <param name="cancellation">Takes the question back.</param>
    ValueTask<ImmutableArray<SceneListing>> ListClosedAsync(
        DateTimeOffset before, int limit, CancellationToken cancellation = default);

    /// <summary>Closed scenes, the last closed first; those whose row is damaged are left out and named.</summary>
    /// <param name="since">Only those that were closed at this time or later.</param>
    /// <param name="limit">At most so many, at least 1.</param>
    /// <param name="cancellation">Takes the question back.</param>
    ValueTask<ListedScenes> ListClosedSinceAsync(
        DateTimeOffset since, int limit, CancellationToken cancellation = default);

    /// <summary>Scenes of which the broker has yet to acknowledge a message.</summary>
    ValueTask<ImmutableHashSet<SceneId>> ListUnacknowledgedAsync(CancellationToken cancellation = default);
}
