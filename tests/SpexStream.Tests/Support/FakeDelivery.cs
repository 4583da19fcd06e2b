using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Tests.Support;

/// <summary>A message received, and whether it was settled. Its payload is gone when it is disposed.</summary>
internal sealed class FakeDelivery : IMqttDelivery
{
    private readonly byte[] _payload;
    private readonly MqttMessage _message;
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeDelivery(MqttMessage message)
    {
        _payload = message.Payload.ToArray();
        _message = message with { Payload = _payload };
    }

    public MqttMessage Message => _message;

    public bool IsDuplicate => false;

    /// <summary>Whether the broker never hears of the acknowledgement.</summary>
    public bool IsConnectionGone { get; init; }

    public bool IsAcknowledged => _acknowledged.Task.IsCompleted;

    public bool IsDisposed => _disposed.Task.IsCompleted;

    /// <summary>Ends with the acknowledgement.</summary>
    public Task AcknowledgedAsync() => _acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Ends when the payload was let go.</summary>
    public Task DisposedAsync() => _disposed.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public ValueTask<bool> AcknowledgeAsync()
    {
        _acknowledged.TrySetResult();
        return ValueTask.FromResult(!IsConnectionGone);
    }

    public void Dispose()
    {
        Array.Clear(_payload);
        _disposed.TrySetResult();
    }
}
