using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Says the retained states of open alerts again when it was asked to: a broker may have lost what it kept. A state is
/// no fact, and the stream says each id once, so they go into the outbox beside it. That no other node has ended one of
/// them meanwhile is proved by the epoch afterwards; where it is not, they are looked at again and what has ended is
/// taken back. One task at a time but for <see cref="Ask"/>.
/// </summary>
internal sealed class AlertRestating(AlertJudgeTools tools)
{
    // As much as is in memory at once, and in one write of the journal.
    private const int MostMessages = 64;
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMinutes(1);
    private int _isAsked;
    private DateTimeOffset _notBefore;
    private ImmutableArray<OpenAlert> _doubtful = [];

    /// <summary>Asks for it. Safe for several threads.</summary>
    public void Ask() => Interlocked.Exchange(ref _isAsked, 1);

    /// <summary>Does it, if somebody asked; what breaks it leaves it to be done. A connection that comes and goes is not
    /// answered each time.</summary>
    public async ValueTask DoAsync(AlertStream stream, RuleSet rules, CancellationToken stop)
    {
        if (tools.Time.GetUtcNow() < _notBefore || Interlocked.Exchange(ref _isAsked, 0) == 0)
        {
            return;
        }

        var isDone = false;
        try
        {
            var open = OpenAlert.Of(stream.Book);
            var ids = open.Select(alert => alert.Standing.Id).ToHashSet();
            var ended = _doubtful.Where(alert => !ids.Contains(alert.Standing.Id));
            await PostAsync([.. ended], AlertTransition.Expired, rules, stop);
            _doubtful = open;
            await PostAsync(open, AlertTransition.Extended, rules, stop);
            await stream.ProveAsync();
            _doubtful = [];
            _notBefore = open.IsEmpty ? default : tools.Time.GetUtcNow() + AtMostEvery;
            isDone = true;
        }
        finally
        {
            if (!isDone)
            {
                Ask();
            }
        }
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
            await JournalPatience.AskAsync(
                async () =>
                {
                    await tools.Journal.Outbox.PostAsync(tools.Time.GetUtcNow(), messages, stop);
                    return true;
                },
                tools.Time,
                stop);
        }
    }
}
