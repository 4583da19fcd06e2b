using System.Collections.Immutable;
using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>
/// Strips that one node accepted for a scene that another owns. What is taken is as safe as a fact, so its announcement
/// may be answered; the owner hands it to its scene and then removes it. Until then it comes again after a crash, which
/// is harmless: a scene knows the strips that it has. Safe for use from several threads; every call can throw a
/// <see cref="JournalException"/>.
/// </summary>
public interface IStripInbox
{
    /// <summary>Puts something in, flushed, whoever owns the scene.</summary>
    ValueTask<InboxOutcome> PutAsync(InboxItem item, CancellationToken cancellation = default);

    /// <summary>What waits for a scene behind a key, in order; empty when there is nothing. An entry that appears later
    /// always has a higher key than all that were seen before.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="after">Key behind which to begin; 0 from the start.</param>
    /// <param name="limit">At most so many, at least 1.</param>
    /// <param name="cancellation">Takes the question back.</param>
    ValueTask<ImmutableArray<InboxEntry>> ReadAsync(
        SceneId scene, long after, int limit, CancellationToken cancellation = default);

    /// <summary>Ends when something waits for a scene behind a key.</summary>
    ValueTask WaitAsync(SceneId scene, long after, CancellationToken cancellation);

    /// <summary>Drops entries that the scene has; keys that are gone are passed over. Not flushed: an entry may come
    /// back after a power cut.</summary>
    ValueTask RemoveAsync(ImmutableArray<long> keys, CancellationToken cancellation = default);

    /// <summary>How many wait, for all scenes.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellation = default);
}
