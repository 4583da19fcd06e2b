using SpexStream.Domain.Products;
using SpexStream.Domain.Reliability;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// Puts products together away from the scene's loop, and brings the outcome back as a message. Tried again after a
/// fault, it goes on with the step that failed: products that have their place are not written once more because of
/// their name. One call at a time.
/// </summary>
/// <param name="assemble">Writes the products and puts them into their place.</param>
/// <param name="point">Makes the scene's name point to them.</param>
/// <param name="time">The clock.</param>
/// <param name="onAssembled">Told how long it took in all when it was done, in seconds.</param>
internal sealed class AssemblyRun(
    Func<SceneOutcome> assemble, Func<SceneOutcome, Task> point, TimeProvider time, Action<double> onAssembled)
{
    private SceneOutcome? _outcome;

    /// <summary>The run of a task.</summary>
    public static AssemblyRun Of(AssemblyTask task, SceneRunContext context) => new(
        () => context.Assembler.Assemble(task),
        outcome => PointAsync(outcome, task, context),
        context.Time,
        seconds => context.Meter.StageLatency.Record(seconds, new KeyValuePair<string, object?>("stage", "assemble")));

    /// <summary>Does what is left to do. Blocks as long as products are written.</summary>
    public async Task<SceneMessage> RunAsync()
    {
        var started = time.GetTimestamp();
        try
        {
            if (_outcome is null)
            {
                _outcome = assemble();
                FailPoints.Pass(FailPoints.AfterRenameBeforeLink);
            }

            await point(_outcome);
            onAssembled(time.GetElapsedTime(started).TotalSeconds);
            return new SceneMessage.Assembled(_outcome);
        }
        catch (Exception fault)
        {
            // The top of the task: whatever went wrong becomes the scene's failure, told to the operator.
            return new SceneMessage.AssemblyBroke(FirstOf(fault));
        }
    }

    // Who hears of the product finds it under the scene's name, too. If the journal's fact does not follow, the next
    // process makes the revision anew, and sweeps this one; after the fact nobody would come back to sweep.
    private static async Task PointAsync(SceneOutcome outcome, AssemblyTask task, SceneRunContext context)
    {
        if (task.Epoch is not { } epoch)
        {
            return;
        }

        var (root, folder) = (Path.GetDirectoryName(outcome.Folder)!, Path.GetFileName(outcome.Folder));
        var scene = outcome.Scene.Id;
        if (context.HasRivals)
        {
            await context.Naming(root).NameAsync(scene, folder, outcome.Revision, epoch, context.Abandoned);
        }
        else
        {
            ProductLink.Point(root, scene.Value, folder);
        }

        ProductLink.Sweep(root, scene.Value, outcome.Revision, task.FirstEpoch, epoch);
    }

    // Threads at work side by side wrap what went wrong, one layer for each that waited; the first cause says it all.
    private static Exception FirstOf(Exception fault) =>
        fault is AggregateException several ? several.Flatten().InnerExceptions[0] : fault;
}
