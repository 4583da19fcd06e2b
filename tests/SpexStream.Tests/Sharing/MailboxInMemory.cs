using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Tests.Sharing;

/// <summary>A scene that keeps what it is told.</summary>
/// <param name="onPut">Told of each message.</param>
internal sealed class MailboxInMemory(Action onPut) : ISceneMailbox
{
    private readonly Lock _lock = new();
    private readonly List<ISceneMessage> _messages = [];

    public bool IsClosed => false;

    /// <summary>What a message of a kind was, in order.</summary>
    public IReadOnlyList<T> Of<T>()
    {
        lock (_lock)
        {
            return [.. _messages.OfType<T>()];
        }
    }

    /// <summary>Forgets what it was told.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _messages.Clear();
        }
    }

    public void Answer(ISceneMessage message) => TryPut(message);

    public bool TryPut(ISceneMessage message)
    {
        lock (_lock)
        {
            _messages.Add(message);
        }

        (message as WorkedTile)?.Taken.TrySetResult();
        onPut();
        return true;
    }
}
