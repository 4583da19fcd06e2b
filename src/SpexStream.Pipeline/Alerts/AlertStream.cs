using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// The alerts' own stream of facts in the journal, and what they fold to. Whoever writes it holds its epoch; another
/// writer takes it away, and what is refused then is judged again from the facts that the other has added. It lies in
/// one of two places and moves to the other when it has grown long, so that it stays short to read. One task at a time.
/// </summary>
/// <param name="journal">Where it lies.</param>
/// <param name="time">The clock.</param>
/// <param name="stop">Ends the waiting.</param>
/// <param name="bytesBeforeMove">How long it grows where few areas are watched.</param>
/// <param name="onHeard">Told, once, of each change of an alert that another has written since it was opened here
/// first.</param>
internal sealed class AlertStream(
    ISceneJournal journal, TimeProvider time, CancellationToken stop, long bytesBeforeMove = 16 << 20,
    Action<RuleId, AlertFact.AlertChanged>? onHeard = null)
{
    // Others look every few seconds, and what stands at the end of the place before is news to them.
    private static readonly TimeSpan LeftToRead = TimeSpan.FromMinutes(1);

    // As much as about eight passes take that change an alert, or two with outlines of gains and losses.
    private const int BytesPerState = 16_000;
    private static readonly SceneId First = SceneId.OfStream("alerts-a");
    private static readonly SceneId Second = SceneId.OfStream("alerts-b");
    private ISceneWriter? _writer;
    private SceneId _place = First;
    private DateTimeOffset? _begun;
    private long _last;
    private long _bytes;
    private bool _isKnown;

    /// <summary>What the facts fold to.</summary>
    public AlertBook Book { get; private set; } = new();

    /// <summary>When it began, or was begun anew when it had grown long; null where it is not known to be
    /// there.</summary>
    public DateTimeOffset? Begun => _begun;

    /// <summary>Whether there is one.</summary>
    public async ValueTask<bool> ExistsAsync() => (await FindAsync()).Known is not null;

    /// <summary>Reads what others have added since, and takes the right to write.</summary>
    public async ValueTask OpenAsync()
    {
        while (_writer is null)
        {
            var (place, _) = await FindAsync();
            var writer = await journal.OpenWriterAsync(place, stop);
            var (found, known) = await FindAsync();
            if (found != place)
            {
                continue;
            }

            // A place that was forgotten meanwhile and is used again counts from 1 again, and tells another life.
            if (place != _place || known?.OpenedAt != _begun || (known?.LastSequence ?? 0) < _last)
            {
                await LeaveAsync(place, known);
                (_place, _begun, _last, _bytes, Book) = (place, known?.OpenedAt, 0, 0, new());
            }

            _writer = await ReadOnAsync() ? null : writer;
        }

        _isKnown = true;
    }

    /// <summary>Reads what others have added meanwhile, and leaves them the right to write; who has nothing to write
    /// would not hear of it.</summary>
    public async ValueTask CatchUpAsync()
    {
        var (place, known) = await FindAsync();
        // What was read is always a beginning of the stream: if another has added to it, a write of ours is refused.
        if (place != _place || known?.OpenedAt != _begun || await ReadOnAsync())
        {
            Lose();
            await OpenAsync();
        }
    }

    /// <summary>Lets the right to write go: another has taken it, or nobody knows.</summary>
    public void Lose() => _writer = null;

    /// <summary>Writes facts and the messages that tell of them, all or none, and folds them.</summary>
    /// <exception cref="StaleEpochException">Another writes now; nothing was written.</exception>
    public async ValueTask WriteAsync(ImmutableArray<SceneFact> facts, ImmutableArray<OutgoingMessage> messages)
    {
        _last = await AppendAsync(_writer!, facts, messages);
        foreach (var fact in facts)
        {
            Take(fact);
        }
    }

    /// <summary>Makes sure that nobody else has written since it was opened.</summary>
    /// <exception cref="StaleEpochException">Another has taken the right to write.</exception>
    public async ValueTask ProveAsync() => await AppendAsync(_writer!, [], []);

    /// <summary>Moves the stream when it has grown long.</summary>
    /// <exception cref="StaleEpochException">Another writes now; it has not moved.</exception>
    public async ValueTask TidyAsync()
    {
        var other = _place == First ? Second : First;
        if (_bytes < Most() || !await ClearAsync(other))
        {
            return;
        }

        var target = await journal.OpenWriterAsync(other, stop);
        foreach (var part in AlertDigest.Of(Book))
        {
            await AppendAsync(target, part, []);
        }

        // Whoever has added something here meanwhile has taken the epoch as well: then this throws, and what was
        // written there is cleared away the next time.
        await AppendAsync(_writer!, [new SceneFact.StreamMoved()], []);
        _writer = null;
        await OpenAsync();
    }

    /// <summary>Drops the place that the stream has moved away from, when its last message is sent and others have had
    /// the time to read its end.</summary>
    public async ValueTask SweepAsync()
    {
        var other = _place == First ? Second : First;
        if (time.GetUtcNow() - _begun >= LeftToRead
            && await journal.FindAsync(other, stop) is { Standing: SceneStanding.Retracted })
        {
            await journal.ForgetAsync(other, stop);
        }
    }

    // What stands at the end of the place before is news to whoever listens, and to nobody else.
    private async ValueTask LeaveAsync(SceneId place, SceneListing? known)
    {
        if (place == _place)
        {
            // Where it is not another life, a copy of the journal took its place that was behind: what it says is old.
            _isKnown &= known?.OpenedAt != _begun;
        }
        else if (_isKnown && (await journal.FindAsync(_place, stop))?.OpenedAt is { } begun
            && (_begun is null || begun == _begun))
        {
            await ReadOnAsync();
        }
    }

    // Whether the stream goes on in the other place.
    private async ValueTask<bool> ReadOnAsync()
    {
        var hasMoved = false;
        await foreach (var recorded in journal.ReadAsync(_place, _last, stop))
        {
            hasMoved |= recorded.Fact is SceneFact.StreamMoved;
            Take(recorded.Fact);
            _last = recorded.Sequence;
            if (_isKnown && recorded.Fact is SceneFact.AlertsJudged judged)
            {
                Hear(judged);
            }
        }

        return hasMoved;
    }

    // Of two that stand, the older one is the stream, and the other a move that a crash cut short.
    private async ValueTask<(SceneId Place, SceneListing? Known)> FindAsync()
    {
        var (first, second) = (await journal.FindAsync(First, stop), await journal.FindAsync(Second, stop));
        var place = (first?.Standing, second?.Standing) switch
        {
            (SceneStanding.Open, SceneStanding.Open) => first!.OpenedAt <= second!.OpenedAt ? First : Second,
            (SceneStanding.Open, _) => First,
            (_, SceneStanding.Open) => Second,
            (not null, null) => Second,
            _ => First,
        };
        return (place, place == First ? first : second);
    }

    private async ValueTask<bool> ClearAsync(SceneId place)
    {
        var known = await journal.FindAsync(place, stop);
        if (known is { Standing: SceneStanding.Open })
        {
            await AppendAsync(await journal.OpenWriterAsync(place, stop), [new SceneFact.StreamMoved()], []);
        }

        return known is null || await journal.ForgetAsync(place, stop) == ForgetOutcome.Forgotten;
    }

    private ValueTask<long> AppendAsync(
        ISceneWriter writer, ImmutableArray<SceneFact> facts, ImmutableArray<OutgoingMessage> messages)
    {
        var append = new SceneAppend(time.GetUtcNow(), facts) { Messages = messages };
        return JournalPatience.AskAsync(() => writer.AppendAsync(append, stop), time, stop);
    }

    private void Hear(SceneFact.AlertsJudged judged)
    {
        foreach (var entry in judged.Entries)
        {
            foreach (var change in entry.Facts.OfType<AlertFact.AlertChanged>())
            {
                onHeard?.Invoke(entry.Rule, change);
            }
        }
    }

    private void Take(SceneFact fact)
    {
        Book.Apply(fact);
        _bytes += AlertStreamWeight.Of(fact);
    }

    // It begins anew with the rules, so by them alone it has not grown.
    private long Most() => Math.Max(bytesBeforeMove, (long)BytesPerState * Book.States.Count)
        + Book.Rules.Values.Sum(AlertStreamWeight.Of);
}
