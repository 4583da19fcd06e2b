using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Has products measured that nobody measured when they were made, one after the other. Only those that may raise an
/// alert: published since alerts are judged here, and not longer ago than the rules allow. One task at a time.
/// </summary>
internal sealed class LateScenes(AlertJudgeTools tools)
{
    private readonly SceneNotes<ImmutableArray<SceneFact.AreasMeasured>> _notes = new();

    /// <summary>The passes of a scene with what its masks say, where that is wanted and can be had.</summary>
    /// <param name="passes">The scene.</param>
    /// <param name="rules">Rules and areas of this node.</param>
    /// <param name="stream">What judges, and since when.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async ValueTask<ScenePasses> CompleteAsync(
        ScenePasses passes, RuleSet rules, AlertStream stream, CancellationToken stop)
    {
        if (tools.Late is not { } late || passes.Unmeasured is not { } product || !IsWanted(passes, stream))
        {
            return passes;
        }

        try
        {
            if (!_notes.TryGet(passes, rules, out var parts))
            {
                parts = await Task.Run(() => late.Measure(rules, product), stop).WaitAsync(stop);
                _notes.Keep(passes, rules, parts);
            }

            return passes with { Parts = parts, IsLate = true };
        }
        catch (Exception fault) when (fault is RasterException or IOException or UnauthorizedAccessException
            or InvalidDataException)
        {
            // It is looked at again now and then: a shared folder may show a file late.
            Tell(passes, fault);
            return passes;
        }
    }

    private bool IsWanted(ScenePasses passes, AlertStream stream) =>
        stream.Begun <= passes.Since && stream.Book.Rules is { Count: > 0 } inForce
        && tools.Time.GetUtcNow() - passes.Since <= inForce.Values.Max(rule => rule.MaxAge);

    private void Tell(ScenePasses passes, Exception fault)
    {
        if (_notes.TryTell(passes))
        {
            tools.OnPassedOver(passes.Scene, passes.TraceParent, new InvalidDataException(
                "the node that made its product measured nothing (has it no --rules?), and the masks of the product "
                + $"cannot be read: {fault.Message}"));
        }
    }
}
