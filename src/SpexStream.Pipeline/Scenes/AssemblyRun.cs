using SpexStream.Domain.Products;
using SpexStream.Domain.Reliability;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Puts products together away from the scene's loop, and brings the outcome back as a message.</summary>
internal static class AssemblyRun
{
    public static SceneMessage Of(AssemblyTask task, SceneRunContext context)
    {
        var started = context.Time.GetTimestamp();
        context.Assemblies.Begin();
        try
        {
            var outcome = context.Assembler.Assemble(task);
            FailPoints.Pass(FailPoints.AfterRenameBeforeLink);
            if (task.Epoch is { } epoch)
            {
                Point(outcome, epoch);
            }

            context.Meter.StageLatency.Record(
                context.Time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("stage", "assemble"));
            return new SceneMessage.Assembled(outcome);
        }
        catch (Exception fault)
        {
            // The top of the task: whatever went wrong becomes the scene's failure, told to the operator.
            return new SceneMessage.AssemblyBroke(FirstOf(fault));
        }
        finally
        {
            context.Assemblies.End();
        }
    }

    // Who hears of the product finds it under the scene's name, too. If the journal's fact does not follow, the next process
    // makes the revision anew, and sweeps this one; after the fact nobody would come back to sweep.
    private static void Point(SceneOutcome outcome, long epoch)
    {
        var (root, scene) = (Path.GetDirectoryName(outcome.Folder)!, outcome.Scene.Id.Value);
        ProductLink.Point(root, scene, Path.GetFileName(outcome.Folder));
        ProductLink.Sweep(root, scene, outcome.Revision, epoch);
    }

    // Threads at work side by side wrap what went wrong, one layer for each that waited; the first cause says it all.
    private static Exception FirstOf(Exception fault) =>
        fault is AggregateException several ? several.Flatten().InnerExceptions[0] : fault;
}
