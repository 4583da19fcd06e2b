using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Actors.Scenes;

/// <summary>One life of a scene on this node, from its recall until it is over.</summary>
internal sealed class OpenedScene(ISceneEntity entity, ActorMailbox mailbox, ScenePlace place) : IAsyncDisposable
{
    private Task? _ended;

    public ISceneEntity Entity => entity;

    public ActorMailbox Mailbox => mailbox;

    /// <summary>Says that it cannot go on, and ends it.</summary>
    public async Task FailAsync(Exception fault)
    {
        mailbox.Close();
        await entity.FailAsync(fault);
        await DisposeAsync();
    }

    /// <summary>Ends it and gives its place to the next; after the last message was handled. A second call waits for the
    /// first.</summary>
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
