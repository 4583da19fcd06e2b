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

    /// <summary>Scenes whose rows go, before anything is added.</summary>
    public HashSet<string> Forgotten { get; } = [];

    /// <summary>The last epoch given out; null when none was.</summary>
    public long? LastEpoch { get; private set; }

    /// <summary>Listings that changed.</summary>
    public IEnumerable<SceneListing> Changed => _changed.Select(name => known.Scenes[name]);

    /// <summary>Whether there is anything to write.</summary>
    public bool IsEmpty => _changed.Count == 0 && Messages.Count == 0 && Damaged.Count == 0 && Deleted.Count == 0
        && EndedRuns.Count == 0 && Forgotten.Count == 0;

    public SceneListing TakeEpoch(SceneId scene)
    {
        if (known.Owners.TryGetValue(scene.Value, out var node))
        {
            throw new JournalBusyException(
                $"Scene {scene} belongs to node {node} at present; it is free when that node gives it back, or its lease "
                + "expires.");
        }

        var listing = Find(scene) ?? new SceneListing(scene, 0);
        LastEpoch = (LastEpoch ?? known.LastEpoch) + 1;
        var taken = listing with { Epoch = LastEpoch.Value };
        Put(taken);
        return taken;
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

        if (listing is { Standing: SceneStanding.Open, LastSequence: > 0 } || known.Owners.ContainsKey(scene.Value))
        {
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
