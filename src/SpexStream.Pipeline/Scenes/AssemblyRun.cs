using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Puts products together away from the scene's loop, and brings the outcome back as a message.</summary>
internal static class AssemblyRun
{
    public static SceneMessage Of(AssemblyTask task, SceneRunContext context)
    {
        var started = context.Time.GetTimestamp();
        try
        {
            var outcome = context.Assembler.Assemble(task);
            context.Meter.StageLatency.Record(
                context.Time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("stage", "assemble"));
            return new SceneMessage.Assembled(outcome);
        }
        catch (Exception fault)
        {
            // The top of the task: whatever went wrong becomes the scene's failure, told to the operator.
            return new SceneMessage.AssemblyBroke(FirstOf(fault));
        }
    }

    // Threads at work side by side wrap what went wrong, one layer for each that waited; the first cause says it all.
    private static Exception FirstOf(Exception fault) =>
        fault is AggregateException several ? several.Flatten().InnerExceptions[0] : fault;
}
