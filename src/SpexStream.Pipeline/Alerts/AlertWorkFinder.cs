using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;

namespace SpexStream.Pipeline.Alerts;

/// <summary>What is to be judged of a scene: measured now where nobody did, and compared with the pass before where an
/// alert tells of it. One task at a time.</summary>
internal sealed class AlertWorkFinder(AlertJudgeTools tools)
{
    private readonly LateScenes _late = new(tools);
    private readonly ChangeFinder _changes = new(tools);

    /// <summary>Finds it.</summary>
    /// <param name="passes">The scene.</param>
    /// <param name="rules">Rules and areas of this node.</param>
    /// <param name="stream">What judges, and since when.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async ValueTask<(ScenePasses Passes, ImmutableArray<AlertWork> Work)> FindAsync(
        ScenePasses passes, RuleSet rules, AlertStream stream, CancellationToken stop)
    {
        if (passes.Withdrawn is { } reason)
        {
            return (passes, AlertDesk.Retracted(
                stream.Book, passes.Scene, passes.Revision, reason, passes.TraceParent));
        }

        passes = await _late.CompleteAsync(passes, rules, stream, stop);
        var work = AlertDesk.Observed(stream.Book, passes.Scene, passes.Parts, passes.TraceParent);
        return (passes, await _changes.CompareAsync(work, passes, rules, stream.Book, stop));
    }
}
