using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>Counts deliveries that are held, and makes the one reader loop wait at the bounds. Thread-safe.</summary>
internal sealed class DeliveryHold(MqttHoldLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Signal _room = new();
    private int _messages;
    private long _bytes;
    private long _pauses;
    private volatile bool _isPaused;

    public int Messages => Volatile.Read(ref _messages);

    public long Bytes => Volatile.Read(ref _bytes);

    public long Pauses => Volatile.Read(ref _pauses);

    public bool IsPaused => _isPaused;

    /// <summary>Takes room for one message, and waits for it as long as it takes. One caller at a time.</summary>
    public async ValueTask EnterAsync(int bytes, CancellationToken cancellation)
    {
        if (TryEnter(bytes))
        {
            return;
        }

        Interlocked.Increment(ref _pauses);
        _isPaused = true;
        try
        {
            while (!TryEnter(bytes))
            {
                await _room.WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _isPaused = false;
        }
    }

    public void ReleaseBytes(int bytes)
    {
        lock (_lock)
        {
            _bytes -= bytes;
        }

        _room.Set();
    }

    public void ReleaseMessage()
    {
        lock (_lock)
        {
            _messages--;
        }

        _room.Set();
    }

    private bool TryEnter(int bytes)
    {
        lock (_lock)
        {
            if (_messages >= limits.Messages || _bytes + bytes > limits.Bytes)
            {
                return false;
            }

            _messages++;
            _bytes += bytes;
            return true;
        }
    }
}
