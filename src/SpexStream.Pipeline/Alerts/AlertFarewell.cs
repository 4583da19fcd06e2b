using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Ends the alerts of a node that has no rules any more: what nobody watches is not left open until it
/// expires.</summary>
/// <param name="tools">What alerts are judged with.</param>
public sealed class AlertFarewell(AlertJudgeTools tools)
{
    private static readonly TimeSpan WaitAfterFault = TimeSpan.FromSeconds(2);

    /// <summary>Version of the rules of a node that has none.</summary>
    internal static string NoRules { get; } = RuleSet.None.Digest();

    /// <summary>Takes the rules that the node read last out of force, and ends what is open by them; where the rules in
    /// force are those that another node read last, it leaves them to that node. A node that never had any, or has done
    /// so, does nothing, and neither does one whose journal knows no alerts. Ends when that is written
    /// down.</summary>
    /// <exception cref="JournalDamagedException">The alerts' own stream cannot be read.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var stream = new AlertStream(tools.Journal, tools.Time, stop);
        var judge = new AlertJudge(tools, RuleSet.None);
        string? told = null;
        while (await TryAsync(stream, judge, stop) is { } fault)
        {
            if (fault.Message != told)
            {
                tools.OnDelay(fault);
                told = fault.Message;
            }

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
            if (stream.Book.ReadBy(tools.Node) is not { } read || read == NoRules)
            {
                return null;
            }

            if (Heir(stream) is not { } heir)
            {
                return await judge.TryRoundAsync(stream, stop);
            }

            // The last reading is the one in force.
            await stream.WriteAsync([new SceneFact.RulesRead(tools.Node, NoRules), heir], []);
            return null;
        }
        catch (JournalException fault) when (fault is not JournalDamagedException)
        {
            stream.Lose();
            return fault;
        }
    }

    // Who else has read the rules that judge, the latest.
    private SceneFact.RulesRead? Heir(AlertStream stream) => stream.Book.Readings.LastOrDefault(
        reading => reading.Node != tools.Node && reading.Version == stream.Book.InForce?.Version);
}
