using System.Threading.Channels;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Messaging.Publishing;

/// <summary>
/// The messages on their way to the broker: bounded, sent in order over a connection that does nothing else, each kept
/// until the broker has acknowledged it.
/// </summary>
public sealed class MqttOutbox : IOutbox, IAsyncDisposable
{
    private readonly IMqttConnection _connection;
    private readonly Channel<OutgoingMessage> _waiting;
    private readonly SemaphoreSlim _window;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
    private readonly Action<OutgoingMessage, Exception> _onRefused;
    private readonly SpexMeter _meter;
    private readonly TimeProvider _time;
    private int _unacknowledged;

    /// <summary>Creates an outbox on a connection, which stays the caller's.</summary>
    /// <param name="connection">Connected, or connecting.</param>
    /// <param name="capacity">Messages that may wait; a further one makes its sender wait.</param>
    /// <param name="window">Messages that may be on the wire without acknowledgement.</param>
    /// <param name="meter">Takes the time to each acknowledgement.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onRefused">Told of a message that the broker will never take.</param>
    public MqttOutbox(
        IMqttConnection connection, int capacity, int window, SpexMeter meter, TimeProvider time,
        Action<OutgoingMessage, Exception> onRefused)
    {
        _connection = connection;
        (_meter, _time, _onRefused) = (meter, time, onRefused);
        _waiting = Channel.CreateBounded<OutgoingMessage>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _window = new SemaphoreSlim(window);
        _sending = SendAsync();
    }

    /// <summary>Messages not acknowledged yet.</summary>
    public int Depth => _waiting.Reader.Count + Volatile.Read(ref _unacknowledged);

    /// <inheritdoc/>
    public ValueTask PostAsync(OutgoingMessage message, CancellationToken cancellation = default) =>
        TryPost(message) ? ValueTask.CompletedTask : _waiting.Writer.WriteAsync(message, cancellation);

    /// <summary>Takes a message if there is room at once.</summary>
    public bool TryPost(OutgoingMessage message) => _waiting.Writer.TryWrite(message);

    /// <summary>Takes no more messages and waits until all are acknowledged, or for the limit. True when none is left.</summary>
    public async Task<bool> DrainAsync(TimeSpan limit, TimeProvider time)
    {
        _waiting.Writer.TryComplete();
        try
        {
            await _sending.WaitAsync(limit, time);
            return true;
        }
        catch (TimeoutException)
        {
            // The limit is the caller's; what is left is told by the answer.
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _stop.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _window.Dispose();
    }

    private async Task SendAsync()
    {
        var running = new Queue<Task>();
        try
        {
            await foreach (var message in _waiting.Reader.ReadAllAsync(_stop.Token))
            {
                await _window.WaitAsync(_stop.Token);
                Interlocked.Increment(ref _unacknowledged);
                running.Enqueue(PublishAsync(message));
                while (running.TryPeek(out var oldest) && oldest.IsCompleted)
                {
                    await running.Dequeue();
                }
            }
        }
        finally
        {
            // Also when asked to stop: what is on the wire still uses the window.
            await Task.WhenAll(running);
        }
    }

    private async Task PublishAsync(OutgoingMessage message)
    {
        var started = _time.GetTimestamp();
        try
        {
            await _connection.PublishAsync(ToMqtt(message), _stop.Token);
            _meter.PublishAck.Record(_time.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception refused) when (refused is MqttRefusedException or ArgumentException)
        {
            // The broker will not take this message however often it is sent; the others must go on.
            _onRefused(message, refused);
        }
        finally
        {
            Interlocked.Decrement(ref _unacknowledged);
            _window.Release();
        }
    }

    /// <summary>The same message in the words of the connection.</summary>
    public static MqttMessage ToMqtt(OutgoingMessage message) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload,
        ContentType = message.ContentType,
        IsText = message.IsText,
        Qos = message.Qos == 0 ? MqttQos.AtMostOnce : MqttQos.AtLeastOnce,
        Retain = message.Retain,
        Expiry = message.Expiry,
        UserProperties = [.. message.UserProperties.Select(property => new MqttUserProperty(property.Name, property.Value))],
    };
}
