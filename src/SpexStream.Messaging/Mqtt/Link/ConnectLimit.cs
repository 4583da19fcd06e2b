using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>The longest time for one attempt to connect, together with the caller's own cancellation.</summary>
internal sealed class ConnectLimit : IDisposable
{
    private readonly MqttConnectionOptions _options;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _both;

    public ConnectLimit(MqttConnectionOptions options, TimeProvider time, CancellationToken cancellation)
    {
        _options = options;
        _limit = new CancellationTokenSource(options.ConnectTimeout, time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancellation);
    }

    public CancellationToken Token => _both.Token;

    /// <summary>What to throw when the limit ended the attempt.</summary>
    public LinkLostException Exceeded() =>
        new($"No answer from {_options.Host}:{_options.Port} in {_options.ConnectTimeout}");

    public void Dispose()
    {
        _both.Dispose();
        _limit.Dispose();
    }
}
