using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Journal;

namespace SpexStream.Domain.Scenes;

/// <summary>A scene as its facts tell it: all that is needed to go on with it. Immutable.</summary>
/// <param name="Scene">The scene as its first strip described it.</param>
/// <param name="Terms">How it is worked on.</param>
/// <param name="State">Where it stands; no tile is taken yet, see <see cref="SceneLife.Resume"/>.</param>
public sealed record SceneHistory(SceneSpec Scene, SceneTerms Terms, SceneState State)
{
    /// <summary>The newest content of each index, as it was accepted.</summary>
    public ImmutableDictionary<int, AcceptedStrip> Strips { get; init; } =
        ImmutableDictionary<int, AcceptedStrip>.Empty;

    /// <summary>Folder of the newest product; null before the first.</summary>
    public string? Folder { get; init; }

    /// <summary>Folds the facts of a scene; null when there are none.</summary>
    /// <param name="facts">All facts in order.</param>
    /// <param name="layout">What is fixed of a scene that is worked on under some terms.</param>
    public static SceneHistory? Of(IEnumerable<RecordedFact> facts, Func<SceneSpec, SceneTerms, SceneLayout> layout)
    {
        SceneHistory? history = null;
        foreach (var recorded in facts)
        {
            history = recorded.Fact is SceneFact.SceneOpened opened
                ? new(opened.Scene, opened.Terms, new SceneState(layout(opened.Scene, opened.Terms)))
                : history?.With(recorded);
        }

        return history;
    }

    private SceneHistory With(RecordedFact recorded) => recorded.Fact switch
    {
        SceneFact.StripAccepted accepted => Accept(accepted.Strip, recorded.At),
        SceneFact.StripQuarantined fact => this with { State = Quarantine(State, fact.Strip) },
        SceneFact.StripReleased fact => this with { State = Release(State, fact.Strip) },
        SceneFact.StripSummarised fact => this with { State = Summarise(State, fact.Strip) },
        SceneFact.PassEnded { StripCount: { } sent } fact =>
            this with { State = SceneLife.Count(State.WithTiers(fact.Tiers), sent) },
        SceneFact.PassEnded fact => this with { State = State.WithTiers(fact.Tiers) with { PassHasEnded = true } },
        SceneFact.GatheringEnded ended => this with { State = SceneLife.Settle(State, ended.Reason, ended.FirstRow) },
        SceneFact.ScenePublished published => this with
        {
            Folder = published.Product.Folder,
            State = State with { Phase = ScenePhase.Closed, PublishedRevision = published.Product.Revision },
        },
        SceneFact.SceneFailed => this with { State = State with { Phase = ScenePhase.Failed } },
        SceneFact.SceneRetracted => this with { Folder = null, State = State with { Phase = ScenePhase.Closed } },
        SceneFact.SceneAbandoned => this with { State = State with { Phase = ScenePhase.Closed } },
        SceneFact.SceneReopened => this with { State = SceneLife.Unsettle(State, recorded.At) },
        _ => this,
    };

    private SceneHistory Accept(AcceptedStrip strip, DateTimeOffset at)
    {
        var entry = strip.Entry();
        if (Strips.TryGetValue(entry.Index, out var known) && known.Key == strip.Key
            && known.ContentId == strip.ContentId)
        {
            // Accepted once more: the same content lies in another file now.
            return this with { Strips = Strips.SetItem(entry.Index, strip) };
        }

        var state = State with
        {
            StripRevisions = State.StripRevisions.SetItem(entry.Index, strip.Key.Revision),
            Tiers = State.Tiers.SetItem(entry.Index, entry.Tier),
            Quarantined = State.Quarantined.Remove(entry.Index),
        };
        return this with
        {
            Strips = Strips.SetItem(entry.Index, strip),
            State = state.Phase == ScenePhase.Gathering
                ? SceneLife.Count(SceneLife.Place(state, entry, at), strip.EndsPass ? entry.Index + 1 : null)
                : state with { Later = state.Later.Add(entry) },
        };
    }

    private static SceneState Quarantine(SceneState state, StripKey strip) =>
        state.StripRevisions.GetValueOrDefault(strip.Index) != strip.Revision ? state : state with
        {
            Quarantined = state.Quarantined.Add(strip.Index),
            Strips = state.Strips.Remove(strip.Index),
            Later = state.Later.RemoveAll(later => later.Index == strip.Index),
        };

    // A released strip is one that comes late: it is put back when the scene goes on.
    private SceneState Release(SceneState state, StripKey strip)
    {
        if (!state.Quarantined.Contains(strip.Index) || !Strips.TryGetValue(strip.Index, out var accepted))
        {
            return state;
        }

        var free = state with { Quarantined = state.Quarantined.Remove(strip.Index) };
        return free.Phase == ScenePhase.Gathering
            ? SceneLife.Place(free, accepted.Entry(), free.FirstArrival!.Value)
            : free with { Later = free.Later.Add(accepted.Entry()) };
    }

    private static SceneState Summarise(SceneState state, StripKey strip) =>
        state.StripRevisions.GetValueOrDefault(strip.Index) == strip.Revision
            ? state with { Summarised = state.Summarised.Add(strip.Index) }
            : state;
}
