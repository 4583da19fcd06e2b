using System.Threading.Channels;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>A scene's mailbox: bounded, read by the scene's loop alone, written by anybody.</summary>
internal sealed class SceneMailbox
{
    private const int Capacity = 1024;

    private readonly Channel<SceneMessage> _channel = Channel.CreateBounded<SceneMessage>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Where jobs and timers put their answers; they fit in, for there are fewer of them than places.</summary>
    public ChannelWriter<SceneMessage> Writer => _channel.Writer;

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

    /// <summary>Takes no more messages; what is in is still read.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Gives back what nobody will read any more, for whoever waits must get an answer.</summary>
    /// <param name="fault">What the scene ended with; null when it is simply over.</param>
    public void GiveBackRest(Exception? fault = null)
    {
        while (_channel.Reader.TryRead(out var message))
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
