using System.Collections.Immutable;
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
    private const int BytesOfPass = 800;
    private const int BytesOfChange = 1200;
    private const int BytesOfScene = 104;
    private const int BytesOfPosition = 32;

    private readonly ImmutableArray<AlertEntry>.Builder _entries = ImmutableArray.CreateBuilder<AlertEntry>();
    private readonly ImmutableArray<OutgoingMessage>.Builder _messages =
        ImmutableArray.CreateBuilder<OutgoingMessage>();

    private readonly List<(AlertRule Rule, AlertFact.AlertChanged Change)> _changes = [];
    private int _bytes;

    /// <summary>Whether what was gathered is to be written before more is added.</summary>
    public bool IsFull => _bytes >= MostBytes;

    /// <summary>Judges one piece of work by the state that it meets.</summary>
    public void Add(AlertState state, AlertWork work)
    {
        var (_, facts) = AlertLife.Step(
            work.Rule, state, work.Input with { IsActual = messages.IsActual }, now);
        if (facts.IsEmpty)
        {
            return;
        }

        _entries.Add(new(work.Rule.Id, work.Area, facts));
        foreach (var fact in facts)
        {
            if (fact is not AlertFact.AlertChanged changed)
            {
                _bytes += BytesOfPass;
                continue;
            }

            var told = messages.Tell(work.Rule, rules.Index.Named(work.Area), changed);
            _messages.AddRange(told);
            _changes.Add((work.Rule, changed));
            _bytes += BytesOfChange + (BytesOfScene * changed.Standing.Scenes.Length)
                + (BytesOfPosition * (changed.Standing.Change?.PositionCount ?? 0))
                + told.Sum(message => message.Payload.Length + 1024);
        }
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
}
