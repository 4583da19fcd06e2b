using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt;

/// <summary>The present state and those who watch it. Thread-safe.</summary>
internal sealed class StateBoard
{
    private const int UnreadChanges = 64;

    private readonly Lock _lock = new();
    private readonly List<Channel<MqttConnectionState>> _watchers = [];
    private MqttConnectionState _current = MqttConnectionState.Idle;

    public MqttConnectionState Current => Volatile.Read(ref _current);

    /// <summary>Changes the state; a closed one stays.</summary>
    public void Set(MqttConnectionState state)
    {
        lock (_lock)
        {
            if (_current.Phase == MqttConnectionPhase.Closed)
            {
                return;
            }

            Volatile.Write(ref _current, state);
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(state);
                if (state.Phase == MqttConnectionPhase.Closed)
                {
                    watcher.Writer.Complete();
                }
            }
        }
    }

    public async IAsyncEnumerable<MqttConnectionState> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<MqttConnectionState>(
            new BoundedChannelOptions(UnreadChanges) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            channel.Writer.TryWrite(_current);
            if (_current.Phase == MqttConnectionPhase.Closed)
            {
                channel.Writer.Complete();
            }

            _watchers.Add(channel);
        }

        try
        {
            await foreach (var state in channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                yield return state;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel);
            }
        }
    }
}
