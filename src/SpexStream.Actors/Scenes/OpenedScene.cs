using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Scenes;

/// <summary>One life of a scene on this node, from its recall until it is over.</summary>
/// <param name="entity">Works on it.</param>
/// <param name="mailbox">What it reads.</param>
/// <param name="place">Where it sits.</param>
/// <param name="over">Ends the right to work on it. Not disposed of: it may be left when it has ended.</param>
internal sealed class OpenedScene(
    ISceneEntity entity, ActorMailbox mailbox, ScenePlace place, CancellationTokenSource over) : IAsyncDisposable
{
    private Task? _ended;

    public ISceneEntity Entity => entity;

    public ActorMailbox Mailbox => mailbox;

    /// <summary>Whether something that went wrong is no failure of the scene: it was left, or another node writes
    /// it.</summary>
    public bool IsLost(Exception fault) => entity.IsAbandoned || fault is StaleEpochException { Current: not null };

    /// <summary>The scene has to leave: nothing is waited for any more, and nothing said.</summary>
    public void Leave() => over.Cancel();

    /// <summary>Something went wrong: says that the scene cannot go on, if it is that, and ends it.</summary>
    public async Task BreakAsync(Exception fault)
    {
        mailbox.Close();
        try
        {
            if (!IsLost(fault))
            {
                await entity.FailAsync(fault);
            }
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>Ends it and gives its place to the next; after the last message was handled. A second call waits for
    /// the first.</summary>
    public ValueTask DisposeAsync()
    {
        mailbox.Close();
        return new(_ended ??= EndAsync());
    }

    private async Task EndAsync()
    {
        try
        {
            await entity.DisposeAsync();
        }
        finally
        {
            place.Dispose();
        }
    }
}
