using System.Threading.Channels;
using SpexStream.Domain.Ports.Pipeline;

namespace SpexStream.Pipeline.Scenes;

/// <summary>A scene's mailbox: bounded, read by the scene's loop alone, written by anybody.</summary>
/// <param name="capacity">Messages that may be in it: twice the tiles of a scene at the devices and the strips on their
/// way at least, so that their answers always find room.</param>
internal sealed class SceneMailbox(int capacity) : ISceneMailbox
{
    private readonly Channel<ISceneMessage> _channel = Channel.CreateBounded<ISceneMessage>(
        new BoundedChannelOptions(capacity) { SingleReader = true });
    private volatile bool _isClosed;

    /// <inheritdoc/>
    public bool IsClosed => _isClosed;

    /// <summary>Messages that wait.</summary>
    public int Depth => _channel.Reader.Count;

    /// <inheritdoc/>
    public void Answer(ISceneMessage message)
    {
        if (!_channel.Writer.TryWrite(message) && !_isClosed)
        {
            throw new InvalidOperationException($"A scene's mailbox has no room for {message.GetType().Name}.");
        }
    }

    /// <inheritdoc/>
    public bool TryPut(ISceneMessage message) =>
        _isClosed || (_channel.Reader.Count < capacity / 2 && _channel.Writer.TryWrite(message)) || _isClosed;

    public IAsyncEnumerable<ISceneMessage> Messages => _channel.Reader.ReadAllAsync();

    /// <summary>Puts a message in when there is room; false when the scene takes no more.</summary>
    public async ValueTask<bool> TryPostAsync(ISceneMessage message, CancellationToken cancellation)
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
    public ISceneMessage? TryTake() => _channel.Reader.TryRead(out var message) ? message : null;

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
            (message as SceneRequest)?.GiveBack(fault);
        }
    }
}
