using System.Threading.Channels;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>A scene's mailbox: bounded, read by the scene's loop alone, written by anybody.</summary>
/// <param name="capacity">Messages that may be in it: twice the tiles of a scene at the devices and the strips on their
/// way at least, so that their answers always find room.</param>
internal sealed class SceneMailbox(int capacity)
{
    private readonly Channel<SceneMessage> _channel = Channel.CreateBounded<SceneMessage>(
        new BoundedChannelOptions(capacity) { SingleReader = true });
    private volatile bool _isClosed;

    /// <summary>Whether it takes no more messages.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Messages that wait.</summary>
    public int Depth => _channel.Reader.Count;

    /// <summary>Puts in the answer to what the scene gave away; there are fewer of them than places. A closed mailbox
    /// belongs to a scene that is over, and nobody misses the answer.</summary>
    /// <exception cref="InvalidOperationException">There is no room: the count of what is away is wrong.</exception>
    public void Answer(SceneMessage message)
    {
        if (!_channel.Writer.TryWrite(message) && !_isClosed)
        {
            throw new InvalidOperationException($"A scene's mailbox has no room for {message.GetType().Name}.");
        }
    }

    /// <summary>Puts in what can wait, as long as half of the room is left to others; false: not now. A closed mailbox
    /// takes it and forgets it.</summary>
    public bool TryPut(SceneMessage message) =>
        _isClosed || (_channel.Reader.Count < capacity / 2 && _channel.Writer.TryWrite(message)) || _isClosed;

    public IAsyncEnumerable<SceneMessage> Messages => _channel.Reader.ReadAllAsync();

    /// <summary>Puts a message in when there is room; false when the scene takes no more.</summary>
    public async ValueTask<bool> TryPostAsync(SceneMessage message, CancellationToken cancellation)
    {
        while (await _channel.Writer.WaitToWriteAsync(cancellation))
        {
            if (_channel.Writer.TryWrite(message))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next message, if there is one.</summary>
    public SceneMessage? TryTake() => _channel.Reader.TryRead(out var message) ? message : null;

    /// <summary>Takes no more messages; what is in is still read.</summary>
    public void Close()
    {
        _isClosed = true;
        _channel.Writer.TryComplete();
    }

    /// <summary>Gives back what nobody will read any more, for whoever waits must get an answer.</summary>
    /// <param name="fault">What the scene ended with; null when it is simply over.</param>
    public void GiveBackRest(Exception? fault = null)
    {
        while (TryTake() is { } message)
        {
            switch (message)
            {
                case SceneMessage.Deliver deliver when fault is not null:
                    deliver.Outcome.TrySetException(fault);
                    break;
                case SceneMessage.Deliver deliver:
                    deliver.Outcome.TrySetResult(null);
                    break;
                case SceneMessage.Order order when fault is not null:
                    order.Outcome.TrySetException(fault);
                    break;
                case SceneMessage.Order order:
                    order.Outcome.TrySetResult(null);
                    break;
                case SceneMessage.EndPass end:
                    end.Read.TrySetResult();
                    break;
            }
        }
    }
}
