using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Says the retained states of open alerts again when it was asked to: a broker may have lost what it kept. A state is
/// no fact, and the stream says each id once, so they go into the outbox beside it. That no other node has changed one
/// of them meanwhile is proved by the epoch afterwards; where it is not, only what is others by then is said once more,
/// and what has ended is taken back. One task at a time but for <see cref="Ask"/>.
/// </summary>
internal sealed class AlertRestating(AlertJudgeTools tools)
{
    // As much as is in memory at once, and in one write of the journal.
    private const int MostMessages = 64;
    private const int MostDoublings = 6;
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly string NoRules = RuleSet.None.Digest();
    private readonly Random _random = new(tools.Node.Aggregate(17, (sum, sign) => unchecked((sum * 31) + sign)));
    private readonly Dictionary<AlertId, Said> _said = [];
    private int _isAsked;
    private volatile bool _isUndone;
    private int _lost;
    private DateTimeOffset _notBefore;

    /// <summary>How long it lets what it was asked for wait; null where nobody asked.</summary>
    public TimeSpan? Wait => Volatile.Read(ref _isAsked) == 0 && !_isUndone ? null
        : _notBefore - tools.Time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    /// <summary>Asks for it. Safe for several threads.</summary>
    public void Ask() => Interlocked.Exchange(ref _isAsked, 1);

    /// <summary>Does it, if somebody asked, and it is this node's to do; what breaks it, or another node that writes
    /// meanwhile, leaves it to be done. A connection that comes and goes is not answered each time.</summary>
    public async ValueTask DoAsync(AlertStream stream, RuleSet rules, CancellationToken stop)
    {
        if (Wait is null or { Ticks: > 0 })
        {
            return;
        }

        if (Interlocked.Exchange(ref _isAsked, 0) != 0)
        {
            // The broker may have lost what it was told by the last try, too.
            foreach (var (id, said) in _said)
            {
                _said[id] = said with { IsWritten = false };
            }
        }

        _isUndone = true;
        try
        {
            // Before as well: by an old book nothing is said.
            await stream.OpenAsync();
            await stream.ProveAsync();
            var carrier = tools.Carrier is null ? tools.Node : await tools.Carrier(stop);
            if (carrier is null)
            {
                // Whoever takes the messages up asks for itself, but may have no rules.
                _notBefore = Later();
                return;
            }

            if (!IsLeftTo(carrier, stream.Book))
            {
                await SayAsync(stream, rules, stop);
            }

            _isUndone = false;
        }
        catch (StaleEpochException)
        {
            // Another node writes, perhaps for the same reason: not in step with it.
            stream.Lose();
            _notBefore = Later();
        }
    }

    private async ValueTask SayAsync(AlertStream stream, RuleSet rules, CancellationToken stop)
    {
        var open = OpenAlert.Of(stream.Book);
        var ids = open.Select(alert => alert.Standing.Id).ToHashSet();
        var ended = _said.Values.Select(said => said.Alert).Where(alert => !ids.Contains(alert.Standing.Id));
        await PostAsync([.. ended], AlertTransition.Expired, rules, stop);
        var unsaid = open.Where(alert => IsKnown(alert, rules) && !IsSaid(alert));
        await PostAsync([.. unsaid], AlertTransition.Extended, rules, stop);
        await stream.ProveAsync();
        _said.Clear();
        _lost = 0;
        _notBefore = open.IsEmpty ? default : tools.Time.GetUtcNow() + AtMostEvery;
    }

    // Without its outline it would take the place of a state that has one.
    private static bool IsKnown(OpenAlert alert, RuleSet rules) =>
        !rules.Index.Named(alert.State.Area).Polygons.IsEmpty;

    private bool IsSaid(OpenAlert alert) => _said.TryGetValue(alert.Standing.Id, out var said) && said.IsWritten
        && said.Alert.Standing == alert.Standing;

    // Its own connection tells it when.
    private bool IsLeftTo(string carrier, AlertBook book) => carrier != tools.Node
        && book.ReadBy(carrier) is { } read && read != NoRules;

    private DateTimeOffset Later()
    {
        var wait = FirstWait * (1 << Math.Min(_lost++, MostDoublings)) * (0.5 + _random.NextDouble());
        return tools.Time.GetUtcNow() + wait;
    }

    // Neither of the two transitions is told to anybody: all that comes of them is the state, or its end.
    private async ValueTask PostAsync(
        ImmutableArray<OpenAlert> alerts, AlertTransition transition, RuleSet rules, CancellationToken stop)
    {
        foreach (var part in alerts.Chunk(MostMessages))
        {
            ImmutableArray<OutgoingMessage> messages =
            [
                .. part.SelectMany(alert => tools.Messages.Tell(
                    alert.Rule, rules.Index.Named(alert.State.Area), new(transition, alert.Standing))),
            ];
            foreach (var alert in part)
            {
                // A write that breaks may have been made all the same.
                _said[alert.Standing.Id] = new(alert, IsWritten: false);
            }

            await JournalPatience.AskAsync(
                async () =>
                {
                    await tools.Journal.Outbox.PostAsync(tools.Time.GetUtcNow(), messages, stop);
                    return true;
                },
                tools.Time,
                stop);
            foreach (var alert in part)
            {
                _said[alert.Standing.Id] = new(alert, IsWritten: true);
            }
        }
    }

    private sealed record Said(OpenAlert Alert, bool IsWritten);
}
