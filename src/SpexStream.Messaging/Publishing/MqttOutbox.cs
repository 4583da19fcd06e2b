using System.Threading.Channels;
using SpexStream.Domain.Messages;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;

namespace SpexStream.Messaging.Publishing;

/// <summary>
/// The messages on their way to the broker: bounded, sent in order over a connection that does nothing else, each kept
/// until the broker has acknowledged it. A message that breaks the connection's code, not a rule, is tried again until
/// it is through; newer ones wait meanwhile.
/// </summary>
public sealed class MqttOutbox : IOutbox, IAsyncDisposable
{
    private readonly IMqttConnection _connection;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly Channel<Posted> _waiting;
    private readonly SemaphoreSlim _window;
    private readonly SemaphoreSlim _line = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
    private readonly Action<OutgoingMessage, Exception> _onRefused;
    private readonly Action<OutgoingMessage, Exception> _onFault;
    private readonly SpexMeter _meter;
    private readonly TimeProvider _time;
    private volatile string? _trouble;

    /// <summary>Creates an outbox on a connection, which stays the caller's.</summary>
    /// <param name="connection">Connected, or connecting.</param>
    /// <param name="capacity">Messages that may wait; a further one makes its sender wait.</param>
    /// <param name="window">Messages that may be on the wire without acknowledgement.</param>
    /// <param name="meter">Takes the time to each acknowledgement.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onRefused">Told of a message that the broker will never take.</param>
    /// <param name="onFault">Told of each attempt that broke for another reason; the message is tried again.</param>
    public MqttOutbox(
        IMqttConnection connection, int capacity, int window, SpexMeter meter, TimeProvider time,
        Action<OutgoingMessage, Exception> onRefused, Action<OutgoingMessage, Exception> onFault)
    {
        _connection = connection;
        (_meter, _time, _onRefused, _onFault) = (meter, time, onRefused, onFault);
        _waiting = Channel.CreateBounded<Posted>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _window = new SemaphoreSlim(window);
        _sending = SendAsync();
    }

    /// <summary>Messages not acknowledged yet.</summary>
    public int Depth => _waiting.Reader.Count + Wire.Depth;

    /// <summary>Messages on the wire, or about to be.</summary>
    public StageTally Wire { get; } = new();

    /// <summary>Why nothing is sent at present; null while all is well. A broker that is away is no trouble.</summary>
    public string? Trouble => _trouble;

    /// <inheritdoc/>
    public ValueTask PostAsync(OutgoingMessage message, CancellationToken cancellation = default) =>
        _waiting.Writer.WriteAsync(new(message, null, null, default, default), cancellation);

    /// <summary>Takes a message; waits while the outbox is full.</summary>
    /// <param name="message">The message.</param>
    /// <param name="settled">Called when the broker has acknowledged it, or will never take it; must not block.</param>
    /// <param name="takenBack">Called instead when it was taken back; must not block.</param>
    /// <param name="cancellation">Takes it back until the connection has it, and if it would have to be tried again.
    /// </param>
    /// <param name="noLonger">Takes it back from the connection, too: its acknowledgement is not waited for any more, and
    /// the broker may have it or not.</param>
    public ValueTask PostAsync(
        OutgoingMessage message, Action settled, Action takenBack, CancellationToken cancellation,
        CancellationToken noLonger) =>
        _waiting.Writer.WriteAsync(new(message, settled, takenBack, cancellation, noLonger), cancellation);

    /// <summary>Takes a message if there is room at once.</summary>
    public bool TryPost(OutgoingMessage message) => TryPost(message, CancellationToken.None);

    /// <summary>Takes a message if there is room at once, and back when that is requested before it was sent.</summary>
    public bool TryPost(OutgoingMessage message, CancellationToken cancellation) =>
        _waiting.Writer.TryWrite(new(message, null, null, cancellation, cancellation));

    /// <summary>Takes no more messages and waits until all are acknowledged, or for the limit. True when none is
    /// left.</summary>
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
        _line.Dispose();
    }

    private async Task SendAsync()
    {
        var running = new Queue<Task>();
        try
        {
            await foreach (var posted in _waiting.Reader.ReadAllAsync(_stop.Token))
            {
                await _window.WaitAsync(_stop.Token);
                // Who is in trouble holds the line.
                await _line.WaitAsync(_stop.Token);
                _line.Release();
                Wire.Begin();
                running.Enqueue(SettleAsync(posted));
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

    private async Task SettleAsync(Posted posted)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, posted.NoLonger);
        try
        {
            // Before it is handed over: whoever stood still has much that waits, and may not send it any more.
            over.Token.ThrowIfCancellationRequested();
            posted.TakesBack.ThrowIfCancellationRequested();
            if (!await TryPublishAsync(posted.Message, over.Token))
            {
                using var again = CancellationTokenSource.CreateLinkedTokenSource(over.Token, posted.TakesBack);
                await PublishAgainAsync(posted.Message, again.Token);
            }

            posted.Settled?.Invoke();
        }
        catch (OperationCanceledException) when (
            posted.TakesBack.IsCancellationRequested || posted.NoLonger.IsCancellationRequested)
        {
            // Somebody else says it, or something newer.
            posted.TakenBack?.Invoke();
        }
        finally
        {
            Wire.End();
            _window.Release();
        }
    }

    private async Task PublishAgainAsync(OutgoingMessage message, CancellationToken over)
    {
        await _line.WaitAsync(over);
        try
        {
            var pause = FirstPause;
            do
            {
                await Task.Delay(pause, _time, over);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            while (!await TryPublishAsync(message, over));
        }
        finally
        {
            _trouble = null;
            _line.Release();
        }
    }

    // True when the message is settled: acknowledged, or refused for good.
    private async Task<bool> TryPublishAsync(OutgoingMessage message, CancellationToken over)
    {
        var started = _time.GetTimestamp();
        try
        {
            await _connection.PublishAsync(ToMqtt(message), over);
            _meter.PublishAck.Record(_time.GetElapsedTime(started).TotalSeconds);
        }
        catch (Exception refused) when (refused is MqttRefusedException or ArgumentException)
        {
            // The broker will not take this message however often it is sent; the others must go on.
            _onRefused(message, refused);
        }
        catch (Exception fault) when (!over.IsCancellationRequested)
        {
            // Nobody knows what it is, so it may pass: the message must not be lost for it, nor those behind it.
            _trouble = fault.Message;
            _meter.PublishFaults.Add(1);
            _onFault(message, fault);
            return false;
        }

        return true;
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
        UserProperties =
            [.. message.UserProperties.Select(property => new MqttUserProperty(property.Name, property.Value))],
    };

    private readonly record struct Posted(
        OutgoingMessage Message, Action? Settled, Action? TakenBack, CancellationToken TakesBack,
        CancellationToken NoLonger);
}
