using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Finds scenes whose product nobody may have judged. One task at a time.</summary>
internal sealed class AlertSweep(ISceneJournal journal, TimeProvider time, int mostScenes = 100_000)
{
    // Clocks of nodes differ, and appends take a while.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(14);
    private readonly Dictionary<SceneId, (int Revision, SceneStanding Standing)> _seen = [];
    private readonly Dictionary<SceneId, (int Revision, SceneStanding Standing)> _found = [];
    private DateTimeOffset? _last;

    /// <summary>Whether it is time to look again.</summary>
    public bool IsDue(TimeSpan every) => _last is not { } last || time.GetUtcNow() - last >= every;

    /// <summary>Looks at everything again.</summary>
    public void Restart()
    {
        _last = null;
        _seen.Clear();
    }

    /// <summary>Scenes whose standing is another than when they were looked at last.</summary>
    public async ValueTask<ImmutableArray<SceneId>> FindAsync(AlertBook book, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var since = (book.JudgedUpTo is { } up && up > now - LookBack ? up : now - LookBack) - Overlap;
        var open = await journal.ListOpenAsync(cancellation);
        var closed = await journal.ListClosedSinceAsync(since, mostScenes, cancellation);
        _found.Clear();
        foreach (var listing in open.Concat(closed))
        {
            if (listing.Revision > 0
                && !book.HasJudged(listing.Scene, listing.Revision, listing.Standing == SceneStanding.Retracted))
            {
                _found[listing.Scene] = (listing.Revision, listing.Standing);
            }
        }

        ImmutableArray<SceneId> wanted =
            [.. _found.Where(entry => _seen.GetValueOrDefault(entry.Key) != entry.Value).Select(entry => entry.Key)];
        foreach (var gone in _seen.Keys.Where(scene => !_found.ContainsKey(scene)).ToList())
        {
            _seen.Remove(gone);
        }

        _last = now;
        return wanted;
    }

    /// <summary>Notes that a scene is looked at.</summary>
    public void Seen(SceneId scene)
    {
        if (_found.TryGetValue(scene, out var standing))
        {
            _seen[scene] = standing;
        }
    }
}
