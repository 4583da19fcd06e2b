using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;

namespace SpexStream.Pipeline.Alerts;

/// <summary>What is to be judged of a scene: measured now where nobody did, and compared with the pass before where an
/// alert tells of it. One task at a time.</summary>
internal sealed class AlertWorkFinder
{
    private readonly MaskReading _masks;
    private readonly LateScenes _late;
    private readonly ChangeFinder _changes;

    public AlertWorkFinder(AlertJudgeTools tools)
    {
        _masks = new(tools.Time);
        (_late, _changes) = (new(tools, _masks), new(tools, _masks));
    }

    /// <summary>The scenes that could not be measured in time, to be looked at again when this is walked
    /// through.</summary>
    public IEnumerable<SceneId> TakePutOff() => _late.TakePutOff();

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

        _masks.BeginScene();
        passes = await _late.CompleteAsync(passes, rules, stream, stop);
        var work = AlertDesk.Observed(stream.Book, passes.Scene, passes.Parts, passes.TraceParent);
        return (passes, await _changes.CompareAsync(work, passes, rules, stream.Book, stop));
    }
}
