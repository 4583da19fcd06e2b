using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Has products measured that nobody measured when they were made, one after the other. Only those that may raise an
/// alert: published since alerts are judged here, and not longer ago than the rules allow. What takes too long is put
/// off. One task at a time.
/// </summary>
internal sealed class LateScenes(AlertJudgeTools tools, MaskReading masks)
{
    private const int MostPutOff = 256;
    // A reading that was not waited for to its end serves when the scene is looked at again.
    private readonly LastScene<Task<ImmutableArray<SceneFact.AreasMeasured>>> _last = new();
    private readonly ToldScenes _told = new();
    private readonly HashSet<SceneId> _putOff = [];

    /// <summary>The scenes whose masks were not read in time, to be looked at again; none while masks are left alone.
    /// Those that are not looked at to the end stay.</summary>
    public IEnumerable<SceneId> TakePutOff()
    {
        if (masks.IsPaused)
        {
            yield break;
        }

        var left = new Queue<SceneId>(_putOff);
        _putOff.Clear();
        try
        {
            while (left.TryPeek(out var scene))
            {
                yield return scene;
                left.Dequeue();
            }
        }
        finally
        {
            _putOff.UnionWith(left);
        }
    }

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
            if (!_last.TryGet(passes, rules, out var reading)
                || reading is { IsFaulted: true } or { IsCanceled: true })
            {
                reading = masks.Begin(() => late.Measure(rules, product), stop);
                _last.Keep(passes, rules, reading);
            }

            return passes with { Parts = await masks.WaitAsync(reading, stop), IsLate = true };
        }
        catch (TimeoutException fault)
        {
            if (_putOff.Count < MostPutOff)
            {
                _putOff.Add(passes.Scene);
            }

            Tell(passes, fault);
            return passes;
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
        if (_told.TryTell(passes))
        {
            tools.OnPassedOver(passes.Scene, passes.TraceParent, new InvalidDataException(
                "the node that made its product measured nothing (has it no --rules?), and the masks of the product "
                + $"cannot be read: {fault.Message}"));
        }
    }
}
