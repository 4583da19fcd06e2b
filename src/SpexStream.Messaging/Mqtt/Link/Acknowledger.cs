using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Sends the acknowledgements of one network connection, and none after its end. Thread-safe.</summary>
internal sealed class Acknowledger(IControlQueue control, Tally tally)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Delivery> _open = [];
    private volatile bool _isClosed;

    public bool IsClosed => _isClosed;

    public void Track(Delivery delivery)
    {
        lock (_lock)
        {
            _open.Add(delivery);
        }
    }

    /// <returns>False when the network connection is gone.</returns>
    public bool TrySend(Delivery delivery, ushort packetId)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                tally.AcknowledgementStale();
                return false;
            }

            _open.Remove(delivery);
            control.Acknowledge(packetId);
        }

        tally.AcknowledgementSent();
        return true;
    }

    /// <summary>The network connection is gone; its deliveries need no acknowledgement any more.</summary>
    public void Close()
    {
        List<Delivery> outlived;
        lock (_lock)
        {
            _isClosed = true;
            outlived = [.. _open];
            _open.Clear();
        }

        // Outside the lock: a delivery takes its own lock first and ours second.
        foreach (var delivery in outlived)
        {
            delivery.Outlive();
        }
    }
}
