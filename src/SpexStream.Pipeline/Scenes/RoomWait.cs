using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// A scene whose disk will not take what has to outlive the process stands still, and with it whoever hands strips over,
/// until it does. Where nothing outlives the process, nothing is waited for.
/// </summary>
internal static class RoomWait
{
    /// <summary>Does something that writes, again and again until it is done.</summary>
    /// <param name="context">Where the scene lives.</param>
    /// <param name="scene">The scene that is told to be delayed; null while it is not known what it is.</param>
    /// <param name="work">What is done; harmless when it was done in part.</param>
    public static async ValueTask<T> UntilDoneAsync<T>(
        this SceneRunContext context, SceneSpec? scene, Func<ValueTask<T>> work)
    {
        for (var attempts = 1; ; attempts++)
        {
            TimeSpan wait;
            try
            {
                return await work();
            }
            catch (Exception fault) when (context.Outlives && IsOfTheDisk(fault))
            {
                // Full, read-only, gone: an operator mends that, and nothing of the write counts before it is whole.
                wait = Retry.Disk(attempts);
                if (scene is not null)
                {
                    await context.Events.DelayedAsync(scene, fault, wait);
                }
            }

            await Task.Delay(wait, context.Time, context.Abandoned);
        }
    }

    /// <inheritdoc cref="UntilDoneAsync{T}(SceneRunContext, SceneSpec?, Func{ValueTask{T}})"/>
    public static async ValueTask UntilDoneAsync(this SceneRunContext context, SceneSpec? scene, Action work) =>
        await context.UntilDoneAsync(scene, () =>
        {
            work();
            return ValueTask.FromResult(true);
        });

    private static bool IsOfTheDisk(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or JournalFullException or JournalBusyException;
}
