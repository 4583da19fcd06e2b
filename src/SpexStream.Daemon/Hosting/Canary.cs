using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Domain.Reliability;
using SpexStream.Domain.Telemetry;
using SpexStream.Messaging.Wire.Topics;

namespace SpexStream.Daemon.Hosting;

/// <summary>
/// Sends itself a message through the broker again and again, over the connection that products and alerts are said
/// on: a broker that takes everything and hands on nothing looks well from every other side. Silence is an error.
/// </summary>
internal sealed class Canary
{
    private const int SilentAfter = 3;
    private readonly IMqttConnection _connection;
    private readonly string _topic;
    private readonly TimeSpan _every;
    private readonly SpexMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _start;
    private readonly Lock _lock = new();
    private CanaryWatch _watch;
    private long _number;
    private bool _isTold;
    private string _reason = "nothing says why";

    /// <param name="connection">Connected, or connecting; nobody else reads what it receives.</param>
    /// <param name="station">The station.</param>
    /// <param name="node">This node.</param>
    /// <param name="every">How often; zero for never.</param>
    /// <param name="meter">Takes how long it was on its way, and since when none came.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of the beginning and the end of silence.</param>
    public Canary(
        IMqttConnection connection, StationId station, string node, TimeSpan every, SpexMeter meter, TimeProvider time,
        ILogger logger)
    {
        (_connection, _every, _meter, _time, _logger) = (connection, every, meter, time, logger);
        _topic = new SpexTopic.Canary(station, node).Text;
        _start = time.GetTimestamp();
        // Numbers of an earlier process are none of ours.
        _number = time.GetUtcNow().UtcTicks;
        _watch = new CanaryWatch(SilentAfter * every, TimeSpan.Zero);
        if (every > TimeSpan.Zero)
        {
            meter.Observe(
                "spex_canary_age", "s", "Since a message to ourselves came back through the broker.",
                () => Watch.Age(Now).TotalSeconds);
        }
    }

    /// <summary>What an operator should look at; null while messages come back.</summary>
    public string? Trouble => _every > TimeSpan.Zero && Watch is var watch && watch.IsSilent(Now)
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"no message to ourselves has come back through the broker for {watch.Age(Now).TotalSeconds:0} s")
        : null;

    /// <summary>Since a message came back; null where none is sent.</summary>
    public TimeSpan? Age => _every > TimeSpan.Zero ? Watch.Age(Now) : null;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private CanaryWatch Watch
    {
        get
        {
            lock (_lock)
            {
                return _watch;
            }
        }
    }

    /// <summary>Works until cancelled; nothing where it is switched off.</summary>
    public Task RunAsync(CancellationToken cancellation) =>
        _every == TimeSpan.Zero ? Task.CompletedTask : Task.WhenAll(SingAsync(cancellation), HearAsync(cancellation));

    /// <summary>Sends one message; one at a time, for a broker that was away must not find a flock waiting.</summary>
    public async Task SendAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_every, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            lock (_lock)
            {
                _watch = _watch.Sent(++_number, Now);
            }

            await _connection.PublishAsync(
                new MqttMessage
                {
                    Topic = _topic,
                    Payload = Encoding.UTF8.GetBytes(_number.ToString(CultureInfo.InvariantCulture)),
                    IsText = true,
                    ContentType = "text/plain",
                    Expiry = _every,
                },
                both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            _reason = "the broker did not take it in time";
        }
        catch (MqttException fault)
        {
            _reason = fault.Message.TrimEnd('.');
        }
    }

    /// <summary>Takes a message in, whoever sent it.</summary>
    public void Hear(MqttMessage message)
    {
        if (message.Topic != _topic || !long.TryParse(
            Encoding.UTF8.GetString(message.Payload.Span), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number))
        {
            return;
        }

        lock (_lock)
        {
            if (_watch.Heard(number, Now) is not var (next, took))
            {
                return;
            }

            _watch = next;
            _meter.Canary.Record(took.TotalSeconds);
        }

        Look();
    }

    /// <summary>Tells when silence begins and when it ends.</summary>
    public void Look()
    {
        lock (_lock)
        {
            var isSilent = _watch.IsSilent(Now);
            if (isSilent == _isTold)
            {
                return;
            }

            _isTold = isSilent;
            if (isSilent)
            {
                Log.CanarySilent(_logger, _watch.Age(Now).TotalSeconds, _reason);
            }
            else
            {
                Log.CanaryHeard(_logger);
            }
        }
    }

    private async Task SingAsync(CancellationToken cancellation)
    {
        try
        {
            await TrySubscribeAsync(cancellation);
            while (true)
            {
                await SendAsync(cancellation);
                await Task.Delay(_every, _time, cancellation);
                Look();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops; so does its singing.
        }
    }

    private async Task HearAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var delivery in _connection.Deliveries.ReadAllAsync(cancellation))
            {
                using (delivery)
                {
                    Hear(delivery.Message);
                    await delivery.AcknowledgeAsync();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The daemon stops; so does its listening.
        }
    }

    private async Task TrySubscribeAsync(CancellationToken cancellation)
    {
        try
        {
            // Not kept for a client that is away: what comes late says nothing.
            await _connection.SubscribeAsync(
                [new MqttSubscription(_topic) { Qos = MqttQos.AtMostOnce, RetainHandling = MqttRetainHandling.Never }],
                cancellation);
        }
        catch (MqttException fault)
        {
            _reason = fault.Message.TrimEnd('.');
        }
    }
}
