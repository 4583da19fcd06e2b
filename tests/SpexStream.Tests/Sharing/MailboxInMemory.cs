using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Tests.Sharing;

/// <summary>A scene that keeps what it is told.</summary>
/// <param name="onPut">Told of each message.</param>
internal sealed class MailboxInMemory(Action onPut) : ISceneMailbox
{
    private readonly Lock _lock = new();
    private readonly List<ISceneMessage> _messages = [];
    private int _refusing;

    public bool IsClosed => false;

    /// <summary>What a message of a kind was, in order.</summary>
    public IReadOnlyList<T> Of<T>()
    {
        lock (_lock)
        {
            return [.. _messages.OfType<T>()];
        }
    }

    /// <summary>Has no room for so many of the next messages.</summary>
    public int Refusing
    {
        get => Volatile.Read(ref _refusing);
        set => Volatile.Write(ref _refusing, value);
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
            if (_refusing > 0)
            {
                _refusing--;
                return false;
            }

            _messages.Add(message);
        }

        (message as WorkedTile)?.Taken.TrySetResult();
        (message as IdleDevices)?.Taken();
        onPut();
        return true;
    }
}
