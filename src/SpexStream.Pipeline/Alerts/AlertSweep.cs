using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Finds scenes whose product nobody may have judged. One task at a time.</summary>
/// <param name="journal">Where to look.</param>
/// <param name="time">The clock.</param>
/// <param name="onDamaged">Told once of each damaged row; the others are found.</param>
/// <param name="mostScenes">As many closed scenes are looked at, the newest.</param>
internal sealed class AlertSweep(
    ISceneJournal journal, TimeProvider time, Action<string> onDamaged, int mostScenes = 100_000)
{
    // Clocks of nodes differ, and appends take a while.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(14);
    private readonly Dictionary<SceneId, (int Revision, SceneStanding Standing)> _seen = [];
    private readonly Dictionary<SceneId, (int Revision, SceneStanding Standing)> _found = [];
    private HashSet<string> _damaged = [];
    private DateTimeOffset? _last;

    /// <summary>Whether it is time to look again.</summary>
    public bool IsDue(TimeSpan every) => _last is not { } last || time.GetUtcNow() - last >= every;

    /// <summary>Looks at everything again.</summary>
    public void Restart()
    {
        _last = null;
        _seen.Clear();
    }

    /// <summary>Scenes whose standing is another than when they were looked at last, what was published or withdrawn
    /// first at the front: by newer passes an older one comes too late, and what is judged says how far back the next
    /// look has to go.</summary>
    public async ValueTask<ImmutableArray<SceneId>> FindAsync(AlertBook book, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var since = (book.JudgedUpTo(now) is { } up && up > now - LookBack ? up : now - LookBack) - Overlap;
        var open = await ListOpenAsync(cancellation);
        var closed = await journal.ListClosedSinceAsync(since, mostScenes, cancellation);
        Tell([.. open.Damaged, .. closed.Damaged]);
        _found.Clear();
        var wanted = new List<(DateTimeOffset Since, SceneId Scene)>();
        foreach (var listing in open.Scenes.Concat(closed.Scenes))
        {
            var standing = (listing.Revision, listing.Standing);
            if (listing.Revision == 0
                || book.HasJudged(listing.Scene, listing.Revision, listing.Standing == SceneStanding.Retracted))
            {
                continue;
            }

            _found[listing.Scene] = standing;
            if (_seen.GetValueOrDefault(listing.Scene) != standing)
            {
                wanted.Add((await SinceAsync(listing, cancellation), listing.Scene));
            }
        }

        foreach (var gone in _seen.Keys.Where(scene => !_found.ContainsKey(scene)).ToList())
        {
            _seen.Remove(gone);
        }

        _last = now;
        return
        [
            .. wanted.OrderBy(each => each.Since).ThenBy(each => each.Scene.Value, StringComparer.Ordinal)
                .Select(each => each.Scene).Distinct(),
        ];
    }

    /// <summary>Notes that a scene is looked at.</summary>
    public void Seen(SceneId scene)
    {
        if (_found.TryGetValue(scene, out var standing))
        {
            _seen[scene] = standing;
        }
    }
    // Who begins scenes anew needs them all; here those count that are closed.
    private async ValueTask<ListedScenes> ListOpenAsync(CancellationToken cancellation)
    {
        try
        {
            return new(await journal.ListOpenAsync(cancellation), []);
        }
        catch (JournalDamagedException fault)
        {
            return new([], [fault.Message]);
        }
    }

    private void Tell(HashSet<string> damaged)
    {
        foreach (var line in damaged.Except(_damaged))
        {
            onDamaged(line);
        }

        _damaged = damaged;
    }

    // A scene that is worked on again does not say when its last product was published; its facts do.
    private async ValueTask<DateTimeOffset> SinceAsync(SceneListing listing, CancellationToken cancellation)
    {
        if (listing.Standing != SceneStanding.Open)
        {
            return listing.StandsSince;
        }

        try
        {
            var passes = await ScenePasses.ReadAsync(journal, listing.Scene, cancellation);
            return passes?.Since ?? listing.StandsSince;
        }
        catch (JournalDamagedException)
        {
            // Who judges it says so.
            return listing.StandsSince;
        }
    }
}
