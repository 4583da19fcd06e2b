using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// A scene whose disk will not take what has to outlive the process stands still, and with it whoever hands strips
/// over, until it does. Where nothing outlives the process, nothing is waited for.
/// </summary>
internal static class RoomWait
{
    /// <summary>Does something that writes, again and again until it is done.</summary>
    /// <param name="context">Where the scene lives.</param>
    /// <param name="scene">The scene that is told to be delayed.</param>
    /// <param name="work">What is done; harmless when it was done in part.</param>
    public static async ValueTask UntilDoneAsync(this SceneRunContext context, SceneSpec scene, Action work)
    {
        for (var attempts = 1; ; attempts++)
        {
            TimeSpan wait;
            try
            {
                work();
                context.Stalls.End(scene.Id);
                return;
            }
            catch (Exception fault) when (context.Outlives && fault is (IOException or UnauthorizedAccessException))
            {
                // Full, read-only, gone: an operator mends that, and nothing of the write counts before it is whole.
                wait = Retry.Disk(attempts);
                context.Stalls.Begin(scene.Id, fault);
                await context.Events.DelayedAsync(scene, fault, wait);
            }

            await Task.Delay(wait, context.Time, context.Abandoned);
        }
    }
}
