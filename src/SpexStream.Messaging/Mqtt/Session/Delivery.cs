using System.Buffers;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;

namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>A message received by one network connection; its payload is an array of the shared pool.</summary>
internal sealed class Delivery(
    MqttMessage message, bool isDuplicate, ushort packetId, byte[] rented, DeliveryHold hold, Acknowledger acknowledger)
    : IMqttDelivery
{
    private readonly Lock _lock = new();
    private bool? _acknowledged = packetId == 0 ? true : null;
    private bool _isDisposed;
    private bool _isCounted = true;

    public MqttMessage Message => message;

    public bool IsDuplicate => isDuplicate;

    public ValueTask<bool> AcknowledgeAsync()
    {
        lock (_lock)
        {
            _acknowledged ??= acknowledger.TrySend(this, packetId);
            LeaveIfSettled();
            return ValueTask.FromResult(_acknowledged.Value);
        }
    }

    /// <summary>The network connection is gone; from now on this delivery needs no acknowledgement to be
    /// settled.</summary>
    public void Outlive()
    {
        lock (_lock)
        {
            LeaveIfSettled();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (rented.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }

            hold.ReleaseBytes(message.Payload.Length);
            LeaveIfSettled();
        }
    }

    private void LeaveIfSettled()
    {
        if (_isCounted && _isDisposed && (_acknowledged is not null || acknowledger.IsClosed))
        {
            _isCounted = false;
            hold.ReleaseMessage();
        }
    }
}
