using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Ends the alerts of a node that has no rules any more: what nobody watches is not left open until it
/// expires.</summary>
/// <param name="tools">What alerts are judged with.</param>
public sealed class AlertFarewell(AlertJudgeTools tools)
{
    private static readonly TimeSpan WaitAfterFault = TimeSpan.FromSeconds(2);

    /// <summary>Takes the rules that the node read last out of force. A node that never had any, or has done so, does
    /// nothing, and neither does one whose journal knows no alerts. Ends when that is written down.</summary>
    /// <exception cref="JournalDamagedException">The alerts' own stream cannot be read.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var stream = new AlertStream(tools.Journal, tools.Time, stop);
        var judge = new AlertJudge(tools, RuleSet.None);
        while (await TryAsync(stream, judge, stop) is { } fault)
        {
            tools.OnDelay(fault);
            await Task.Delay(WaitAfterFault, tools.Time, stop);
        }
    }

    private async ValueTask<JournalException?> TryAsync(AlertStream stream, AlertJudge judge, CancellationToken stop)
    {
        try
        {
            if (!await stream.ExistsAsync())
            {
                return null;
            }

            await stream.OpenAsync();
        }
        catch (JournalException fault) when (fault is not JournalDamagedException)
        {
            return fault;
        }

        return stream.Book.ReadBy(tools.Node) is { } read && read != RuleSet.None.Digest()
            ? await judge.TryRoundAsync(stream, stop) : null;
    }
}
