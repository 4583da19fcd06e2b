using System.Threading.Channels;

namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>Wakes one waiting loop; many calls before it wakes count as one. Thread-safe.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _channel.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellation) =>
        await _channel.Reader.ReadAsync(cancellation).ConfigureAwait(false);
}
