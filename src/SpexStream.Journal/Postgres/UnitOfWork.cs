using System.Collections.Immutable;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Journal.Commits;
using SpexStream.Journal.Rows;
using SpexStream.Journal.Sealing;

namespace SpexStream.Journal.Postgres;

/// <summary>
/// The work of one transaction, decided in memory on what was looked up before, and written at once afterwards: two
/// exchanges with the database, however many writes there are.
/// </summary>
internal sealed class UnitOfWork(UnitKnowledge known) : IWriteSession
{
    private readonly HashSet<string> _changed = [];

    public List<FactEntry> Facts { get; private set; } = [];

    public List<(string Scene, string Id, byte[] Digest)> Events { get; private set; } = [];

    public List<(string Scene, long At, SealedMessage Message)> Messages { get; } = [];

    public List<(DamagedMessage Message, long At)> Damaged { get; } = [];

    public List<long> Deleted { get; } = [];

    public List<(long Number, long At)> EndedRuns { get; } = [];

    /// <summary>By what they are of: of two questions for the same, the later one stands.</summary>
    public Dictionary<string, LeaseRow> Leases { get; } = [];

    public List<(InboxLetter Letter, long At)> Letters { get; } = [];

    public List<long> RemovedLetters { get; } = [];

    /// <summary>Scenes whose rows go, before anything is added.</summary>
    public HashSet<string> Forgotten { get; } = [];

    /// <summary>The last epoch given out; null when none was.</summary>
    public long? LastEpoch { get; private set; }

    /// <summary>Listings that changed.</summary>
    public IEnumerable<SceneListing> Changed => _changed.Select(name => known.Scenes[name]);

    public SceneListing TakeEpoch(SceneId scene)
    {
        if (known.Owners.TryGetValue(scene.Value, out var held))
        {
            throw new JournalBusyException(
                $"Scene {scene} belongs to node {held.Node} at present; it is free when that node gives it back, "
                + "or its lease expires.");
        }

        var listing = Find(scene) ?? new SceneListing(scene, 0);
        LastEpoch = (LastEpoch ?? known.LastEpoch) + 1;
        var taken = listing with { Epoch = LastEpoch.Value };
        Put(taken);
        return taken;
    }

    /// <summary>A lease under a new epoch, which is the scene's from then on; or who else has it.</summary>
    public LeaseAnswer TakeLease(LeaseKey key, TimeSpan term, Func<SceneListing, ISceneWriter> writer)
    {
        if (known.Owners.TryGetValue(key.Text, out var held))
        {
            return held;
        }

        var opened = key.Scene is { } scene ? TakeEpoch(scene) : null;
        LastEpoch = opened?.Epoch ?? ((LastEpoch ?? known.LastEpoch) + 1);
        Leases[key.Text] = new(key.Text, LastEpoch.Value, term);
        return new LeaseAnswer.Granted(new(key, LastEpoch.Value), opened is null ? null : writer(opened));
    }

    /// <summary>Puts something into the inbox.</summary>
    public InboxOutcome Put(InboxLetter letter, long at, int limit)
    {
        if (!known.LettersThere.Add(letter.Mark))
        {
            return InboxOutcome.Duplicate;
        }

        var waiting = known.Letters.GetValueOrDefault(letter.Scene);
        if (waiting >= limit)
        {
            known.LettersThere.Remove(letter.Mark);
            return InboxOutcome.Full;
        }

        known.Letters[letter.Scene] = waiting + 1;
        Letters.Add((letter, at));
        return InboxOutcome.Taken;
    }

    /// <summary>Drops what the inbox held.</summary>
    public int RemoveLetters(ImmutableArray<long> keys)
    {
        RemovedLetters.AddRange(keys);
        return keys.Length;
    }

    public long Append(SceneId scene, long epoch, EncodedAppend append)
    {
        var listing = Find(scene);
        if (listing?.Epoch != epoch)
        {
            throw new StaleEpochException(scene, epoch, listing?.Epoch);
        }

        foreach (var (fact, body) in append.Facts.Zip(append.Bodies))
        {
            var recorded = new RecordedFact(listing.LastSequence + 1, epoch, Times.Read(append.At), fact);
            listing = listing.With(recorded);
            Facts.Add(new(scene.Value, recorded.Sequence, epoch, append.At, body,
                FactRow.SealOf(scene, recorded.Sequence, epoch, append.At, body)));
        }

        if (!append.Facts.IsEmpty)
        {
            Put(listing);
        }

        Say(scene.Value, append);
        return listing.LastSequence;
    }

    public long Post(EncodedAppend append)
    {
        Say(string.Empty, append);
        return 0;
    }

    public int SetAside(ImmutableArray<DamagedMessage> damaged, long at)
    {
        Damaged.AddRange(damaged.Select(message => (message, at)));
        return damaged.Length;
    }

    public int DeleteMessages(ImmutableArray<long> keys)
    {
        Deleted.AddRange(keys);
        return keys.Length;
    }

    public ForgetOutcome Forget(SceneId scene)
    {
        if (Find(scene) is not { } listing)
        {
            return ForgetOutcome.Unknown;
        }

        if (listing is { Standing: SceneStanding.Open, LastSequence: > 0 } || known.Owners.ContainsKey(scene.Value)
            || known.Letters.ContainsKey(scene.Value))
        {
            // Work to come counts, too: a strip that was accepted for it must not be lost.
            return ForgetOutcome.StillOpen;
        }

        if (known.Waiting.Contains(scene.Value))
        {
            return ForgetOutcome.MessagesWait;
        }

        // What this transaction was about to add to it goes with it.
        Facts = [.. Facts.Where(fact => fact.Scene != scene.Value)];
        Events = [.. Events.Where(said => said.Scene != scene.Value)];
        known.Said.Remove(scene.Value);
        known.Scenes.Remove(scene.Value);
        _changed.Remove(scene.Value);
        Forgotten.Add(scene.Value);
        return ForgetOutcome.Forgotten;
    }

    public int EndRun(long number, DateTimeOffset now)
    {
        EndedRuns.Add((number, now.UtcTicks));
        return 1;
    }

    private SceneListing? Find(SceneId scene) => known.Damaged.TryGetValue(scene.Value, out var damaged)
        ? throw damaged : known.Scenes.GetValueOrDefault(scene.Value);

    private void Put(SceneListing listing)
    {
        known.Scenes[listing.Scene.Value] = listing;
        _changed.Add(listing.Scene.Value);
    }

    private void Say(string scene, EncodedAppend append)
    {
        foreach (var message in append.Messages)
        {
            var id = message.Message.EventId;
            if (id.Length > 0 && !known.SaidIn(scene).Add(id))
            {
                continue;
            }

            if (scene.Length > 0 && id.Length > 0)
            {
                Events.Add((scene, id, message.Digest));
            }

            Messages.Add((scene, append.At, message));
            known.Waiting.Add(scene);
        }
    }
}
