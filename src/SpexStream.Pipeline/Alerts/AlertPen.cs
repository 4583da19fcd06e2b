using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>Writes what is decided into the alerts' stream, and tells of what changed. One task at a time.</summary>
internal sealed class AlertPen(AlertJudgeTools tools)
{
    /// <summary>Writes what work comes to, in as many appends as it takes, and facts that follow it.</summary>
    public async ValueTask WriteAsync(
        AlertStream stream, RuleSet rules, ImmutableArray<AlertWork> work, ImmutableArray<SceneFact> last)
    {
        var batches = new AlertBatches(tools.Messages, rules, tools.Time.GetUtcNow());
        foreach (var batch in batches.Judge(stream.Book, work))
        {
            await WriteAsync(stream, batch);
        }

        await WriteAsync(stream, batches.Take(last));
    }

    private async ValueTask WriteAsync(AlertStream stream, AlertBatch batch)
    {
        if (batch.Facts.IsEmpty)
        {
            return;
        }

        await stream.WriteAsync(batch.Facts, batch.Messages);
        foreach (var (rule, change) in batch.Changes)
        {
            tools.OnChange(rule, change);
        }
    }
}
