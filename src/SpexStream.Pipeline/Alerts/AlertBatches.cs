using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Judges work and gathers what comes of it into appends of a bounded size.</summary>
/// <param name="messages">Puts changes into messages.</param>
/// <param name="rules">The rules, with the outlines of the areas.</param>
/// <param name="now">The clock.</param>
internal sealed class AlertBatches(IAlertMessages messages, RuleSet rules, DateTimeOffset now)
{
    // Far below the limit of an append, for facts are only estimated.
    private const int MostBytes = 1 << 20;
    private const int BytesOfAttributes = 1024;

    // What is judged ahead is in memory beside what was gathered.
    private const int PiecesAhead = 64;

    private readonly ImmutableArray<AlertEntry>.Builder _entries = ImmutableArray.CreateBuilder<AlertEntry>();
    private readonly ImmutableArray<OutgoingMessage>.Builder _messages =
        ImmutableArray.CreateBuilder<OutgoingMessage>();

    private readonly List<(AlertRule Rule, AlertFact.AlertChanged Change)> _changes = [];
    private long _bytes;

    /// <summary>Judges pieces of work, on several threads, each by the state that it meets; no two of one rule in one
    /// area.</summary>
    /// <returns>What is full and to be written before the next is asked for; the rest stays gathered.</returns>
    public IEnumerable<AlertBatch> Judge(AlertBook book, ImmutableArray<AlertWork> work)
    {
        foreach (var pieces in work.Chunk(PiecesAhead))
        {
            var judged = Judge(pieces, [.. pieces.Select(piece => book.StateOf(piece.Rule.Id, piece.Area))]);
            for (var i = 0; i < pieces.Length; i++)
            {
                Add(pieces[i], judged[i]);
                if (_bytes >= MostBytes)
                {
                    yield return Take();
                }
            }
        }
    }

    private Judged[] Judge(AlertWork[] pieces, AlertState[] states)
    {
        var judged = new Judged[pieces.Length];
        try
        {
            // Fitting messages to their size is what takes the time.
            Parallel.For(0, pieces.Length, i => judged[i] = Judge(states[i], pieces[i]));
        }
        catch (AggregateException several)
        {
            // Whoever tells of it wants the reason, not that there is one.
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return judged;
    }

    private Judged Judge(AlertState state, AlertWork work)
    {
        var (_, facts) = AlertLife.Step(
            work.Rule, state, work.Input with { IsActual = messages.IsActual }, now);
        return new(facts,
        [
            .. facts.OfType<AlertFact.AlertChanged>()
                .SelectMany(changed => messages.Tell(work.Rule, rules.Index.Named(work.Area), changed)),
        ]);
    }

    private void Add(AlertWork work, Judged judged)
    {
        if (judged.Facts.IsEmpty)
        {
            return;
        }

        var entry = new AlertEntry(work.Rule.Id, work.Area, judged.Facts);
        _entries.Add(entry);
        _messages.AddRange(judged.Messages);
        _changes.AddRange(judged.Facts.OfType<AlertFact.AlertChanged>().Select(changed => (work.Rule, changed)));
        _bytes += AlertStreamWeight.Of(entry)
            + judged.Messages.Sum(message => message.Payload.Length + BytesOfAttributes);
    }

    /// <summary>Gives what was gathered, and begins anew.</summary>
    /// <param name="last">Facts that belong behind it.</param>
    public AlertBatch Take(params ImmutableArray<SceneFact> last)
    {
        var batch = new AlertBatch(
            _entries.Count == 0 ? last : [new SceneFact.AlertsJudged(_entries.ToImmutable()), .. last],
            _messages.ToImmutable(),
            [.. _changes]);
        _entries.Clear();
        _messages.Clear();
        _changes.Clear();
        _bytes = 0;
        return batch;
    }

    private readonly record struct Judged(ImmutableArray<AlertFact> Facts, ImmutableArray<OutgoingMessage> Messages);
}
