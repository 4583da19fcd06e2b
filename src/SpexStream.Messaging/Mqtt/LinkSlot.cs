using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;

namespace SpexStream.Messaging.Mqtt;

/// <summary>The present network connection, or the wait for the next. Thread-safe.</summary>
internal sealed class LinkSlot
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<MqttLink> _next = Fresh();

    /// <exception cref="MqttException">The connection was closed for good.</exception>
    public Task<MqttLink> WaitAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _next.Task.WaitAsync(cancellation);
        }
    }

    public void Put(MqttLink link)
    {
        lock (_lock)
        {
            _next.TrySetResult(link);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _next = _next.Task.IsCompletedSuccessfully ? Fresh() : _next;
        }
    }

    public void Close(MqttException cause)
    {
        lock (_lock)
        {
            Clear();
            _next.TrySetException(cause);
            _ = _next.Task.Exception;
        }
    }

    private static TaskCompletionSource<MqttLink> Fresh() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
