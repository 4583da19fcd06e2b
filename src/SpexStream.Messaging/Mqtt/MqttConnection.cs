using System.Buffers;
using System.Collections.Immutable;
using System.Threading.Channels;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Link;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt;

/// <summary>The face of a session and its reconnect loop; what speaks the protocol is given to it, SpexStream's own
/// client by default.</summary>
public sealed class MqttConnection : IMqttConnection
{
    private readonly MqttSession _session;
    private readonly StateBoard _states = new();
    private readonly LinkSlot _slot = new();
    private readonly SemaphoreSlim _publishRoom;
    private readonly TaskCompletionSource _firstConnect = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReconnectLoop _loop;
    private int _isStarted;

    /// <summary>Makes an idle connection.</summary>
    /// <exception cref="ArgumentException">The options break their documented ranges.</exception>
    public MqttConnection(MqttConnectionOptions options, TimeProvider time)
        : this(options, time, new LinkOpener(time))
    {
    }

    internal MqttConnection(MqttConnectionOptions options, TimeProvider time, ILinkOpener opener)
    {
        _session = new MqttSession(MqttOptionRules.Checked(options));
        _ = Handshake.Request(options, isFirst: true);
        _publishRoom = new SemaphoreSlim(options.MaximumPendingPublishes);
        _loop = new ReconnectLoop(_session, opener, _slot, _states, time, _firstConnect);
    }

    /// <inheritdoc/>
    public MqttConnectionState State => _states.Current;

    /// <inheritdoc/>
    public ChannelReader<IMqttDelivery> Deliveries => _session.Deliveries;

    /// <inheritdoc/>
    public MqttCounters Counters => new()
    {
        Connects = _session.Tally.Connects,
        FailedConnects = _session.Tally.FailedConnects,
        Published = _session.Tally.Published,
        Resent = _session.Tally.Resent,
        PublishesRefused = _session.Tally.PublishesRefused,
        Received = _session.Tally.Received,
        ReceivedBytes = _session.Tally.ReceivedBytes,
        Acknowledged = _session.Tally.Acknowledged,
        StaleAcknowledgements = _session.Tally.StaleAcknowledgements,
        ReadPauses = _session.Hold.Pauses,
        PendingPublishes = _session.Options.MaximumPendingPublishes - _publishRoom.CurrentCount,
        HeldMessages = _session.Hold.Messages,
        HeldBytes = _session.Hold.Bytes,
        IsReadingPaused = _session.Hold.IsPaused,
    };

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _isStarted, 1) != 0)
        {
            throw new InvalidOperationException("A connection is connected once.");
        }

        _ = RunAsync();
        await using var registration = cancellation.Register(_stop.Cancel);
        try
        {
            await _firstConnect.Task.ConfigureAwait(false);
        }
        catch (MqttException) when (cancellation.IsCancellationRequested)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<MqttConnectionState> WatchStatesAsync(CancellationToken cancellation) =>
        _states.WatchAsync(cancellation);

    /// <inheritdoc/>
    public async Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        var publish = MessageMapping.ToOutgoing(message);
        await _publishRoom.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _session.Publishes.Add(publish);
            _session.WriterWork.Set();
            await using var registration = cancellation.Register(
                () => _session.Publishes.Abandon(publish, cancellation));
            await publish.Completion.Task.ConfigureAwait(false);
        }
        finally
        {
            _publishRoom.Release();
        }
    }

    /// <inheritdoc/>
    public Task SubscribeAsync(IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellation)
    {
        ImmutableArray<MqttSubscription> all = [.. subscriptions];
        new SubscribePacket(1, all, new()).Encode(new ArrayBufferWriter<byte>());
        return all.IsEmpty
            ? Task.CompletedTask
            : OnLinkAsync((link, token) => link.SubscribeAsync(all, token), cancellation);
    }

    /// <inheritdoc/>
    public Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellation)
    {
        ImmutableArray<string> all = [.. filters];
        new UnsubscribePacket(1, all, new()).Encode(new ArrayBufferWriter<byte>());
        foreach (var filter in all)
        {
            _session.Subscriptions.Remove(filter);
        }

        return all.IsEmpty
            ? Task.CompletedTask
            : OnLinkAsync((link, token) => link.UnsubscribeAsync(all, token), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            Close(new MqttException("The connection was closed."));
        }

        await _ended.Task.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        MqttException cause;
        try
        {
            cause = await _loop.RunAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception defect)
        {
            // Nobody awaits this loop: whatever ends it must reach those who wait for the connection.
            cause = new MqttException($"The MQTT client has a defect: {defect.Message}", defect);
        }

        Close(cause);
    }

    private void Close(MqttException cause)
    {
        _slot.Close(cause);
        _session.Close(cause);
        _states.Set(new(MqttConnectionPhase.Closed, 0, false, LinkErrors.ReasonOf(cause), cause.Message));
        _firstConnect.TrySetException(cause);
        _ = _firstConnect.Task.Exception;
        _ended.TrySetResult();
    }

    /// <summary>Does something on a network connection, and once more on the next when that is lost.</summary>
    private async Task OnLinkAsync(Func<MqttLink, CancellationToken, Task> action, CancellationToken cancellation)
    {
        while (true)
        {
            var link = await _slot.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                await action(link, cancellation).ConfigureAwait(false);
                return;
            }
            catch (LinkLostException)
            {
                // The slot holds the next connection soon, or the reason why there is none.
            }
        }
    }
}
