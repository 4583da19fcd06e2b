using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Tells by the journal whether a scene has a strip, also where the scene is another node's: for what is to be counted,
/// not for what is to be done, since only the scene itself decides. Holds what it has read of one scene, so it is of
/// use for one go through strips that come scene by scene. Not safe for several threads.
/// </summary>
/// <param name="journal">Where facts are.</param>
/// <param name="time">The clock.</param>
public sealed class KnownStrips(IJournalReader journal, TimeProvider time)
{
    private SceneId? _scene;
    private Dictionary<int, (string ContentId, int Announced)> _strips = [];

    /// <summary>Whether the scene would know the strip: it has this content or a later one, and has not failed.</summary>
    /// <exception cref="JournalException">The journal does not answer, or is damaged.</exception>
    public async ValueTask<bool> HasAsync(StripDelivery delivery, CancellationToken cancellation)
    {
        if (_scene != delivery.Scene.Id)
        {
            _strips = await JournalPatience.AskAsync(
                () => ReadAsync(delivery.Scene.Id, cancellation), time, cancellation);
            _scene = delivery.Scene.Id;
        }

        var strip = StampedPath.Name(delivery).Strip;
        return _strips.TryGetValue(strip.Index, out var known)
            && (known.ContentId == strip.ContentId || strip.AnnouncedRevision < known.Announced);
    }

    // A strip in quarantine, and every strip of a scene that failed, would be taken anew.
    private async ValueTask<Dictionary<int, (string ContentId, int Announced)>> ReadAsync(
        SceneId scene, CancellationToken cancellation)
    {
        var (strips, quarantined, hasFailed) =
            (new Dictionary<int, (string ContentId, int Announced)>(), new HashSet<StripKey>(), false);
        await foreach (var recorded in journal.ReadAsync(scene, cancellation: cancellation))
        {
            switch (recorded.Fact)
            {
                case SceneFact.StripAccepted { Strip: var strip }:
                    strips[strip.Key.Index] = (strip.ContentId, strip.AnnouncedRevision);
                    quarantined.RemoveWhere(key => key.Index == strip.Key.Index);
                    break;
                case SceneFact.StripQuarantined fact:
                    quarantined.Add(fact.Strip);
                    break;
                case SceneFact.StripReleased fact:
                    quarantined.Remove(fact.Strip);
                    break;
                case SceneFact.SceneFailed:
                    hasFailed = true;
                    break;
                case SceneFact.SceneReopened or SceneFact.ScenePublished or SceneFact.SceneRetracted
                    or SceneFact.SceneAbandoned:
                    hasFailed = false;
                    break;
            }
        }

        foreach (var key in quarantined)
        {
            strips.Remove(key.Index);
        }

        return hasFailed ? [] : strips;
    }
}
