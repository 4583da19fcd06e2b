using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>
/// Publishes that are not settled, in the order of the calls. Everything before the cursor went out on the present
/// network connection and waits for its PUBACK; a new connection starts again from the first. Thread-safe; bounded by
/// its user.
/// </summary>
internal sealed class PublishOrder(PacketIdPool packetIds)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<OutgoingPublish> _order = [];
    private readonly Dictionary<ushort, OutgoingPublish> _awaited = [];
    private LinkedListNode<OutgoingPublish>? _cursor;
    private int _unacknowledged;
    private MqttException? _closed;

    /// <exception cref="MqttException">Closed already.</exception>
    public void Add(OutgoingPublish publish)
    {
        lock (_lock)
        {
            if (_closed is not null)
            {
                throw _closed;
            }

            publish.Place = _order.AddLast(publish);
            _cursor ??= publish.Place;
        }
    }

    /// <summary>The next to send, if the broker's window has room for it; it counts as being written from now on.
    /// </summary>
    public OutgoingPublish? TakeNext(int receiveMaximum)
    {
        lock (_lock)
        {
            if (_cursor is not { } node || (node.Value.NeedsAcknowledgement && _unacknowledged >= receiveMaximum))
            {
                return null;
            }

            _cursor = node.Next;
            var publish = node.Value;
            publish.BeginWriting();
            if (!publish.NeedsAcknowledgement)
            {
                // At most once: whatever happens from here on, it is never sent again.
                Forget(publish);
                publish.Outcome ??= completion => completion.TrySetResult();
                return publish;
            }

            _unacknowledged++;
            if (publish.PacketId == 0)
            {
                publish.Name(packetIds.Take());
                _awaited.Add(publish.PacketId, publish);
            }

            return publish;
        }
    }

    /// <summary>The writer no longer reads the payload.</summary>
    public void EndWriting(OutgoingPublish publish)
    {
        lock (_lock)
        {
            publish.IsBeingWritten = false;
            SettleIfPossible(publish);
        }
    }

    /// <summary>A PUBACK came.</summary>
    /// <returns>False when nothing on the wire has this identifier.</returns>
    public bool Acknowledge(ushort packetId, MqttReasonCode reason)
    {
        lock (_lock)
        {
            if (!_awaited.TryGetValue(packetId, out var publish) || !publish.IsOnTheWire)
            {
                return false;
            }

            _unacknowledged--;
            Forget(publish);
            publish.Outcome ??= reason < MqttReasonCode.UnspecifiedError
                ? completion => completion.TrySetResult()
                : completion => completion.TrySetException(
                    new MqttRefusedException($"publish to {publish.Message.Topic}", reason));
            SettleIfPossible(publish);
            return true;
        }
    }

    /// <summary>Gives up one that was not sent, or that the broker's limits forbid.</summary>
    public void Fail(OutgoingPublish publish, MqttException cause)
    {
        lock (_lock)
        {
            if (publish.IsOnTheWire && publish.NeedsAcknowledgement)
            {
                _unacknowledged--;
            }

            Forget(publish);
            publish.Outcome ??= completion => completion.TrySetException(cause);
            publish.IsBeingWritten = false;
            SettleIfPossible(publish);
        }
    }

    /// <summary>The caller no longer waits. What is on the wire keeps its identifier until the broker answers or the
    /// network connection ends; it is not sent again.</summary>
    public void Abandon(OutgoingPublish publish, CancellationToken cancellation)
    {
        lock (_lock)
        {
            publish.Outcome ??= completion => completion.TrySetCanceled(cancellation);
            if (!publish.IsOnTheWire)
            {
                Forget(publish);
            }

            SettleIfPossible(publish);
        }
    }

    /// <summary>The network connection is gone and its writer has ended: all is to be sent again, in order.</summary>
    public void Rewind()
    {
        lock (_lock)
        {
            for (var node = _order.First; node is not null;)
            {
                var (publish, next) = (node.Value, node.Next);
                publish.IsOnTheWire = false;
                if (publish.Outcome is not null)
                {
                    Forget(publish);
                }

                node = next;
            }

            _unacknowledged = 0;
            _cursor = _order.First;
        }
    }

    /// <summary>Fails everything, now and from now on. The writer must have ended.</summary>
    public void Close(MqttException cause)
    {
        lock (_lock)
        {
            _closed = cause;
            foreach (var publish in _order)
            {
                publish.Outcome ??= completion => completion.TrySetException(cause);
                publish.IsBeingWritten = false;
                SettleIfPossible(publish);
            }

            _order.Clear();
            _awaited.Clear();
            _cursor = null;
        }
    }

    private void Forget(OutgoingPublish publish)
    {
        if (publish.Place is { } place)
        {
            _cursor = ReferenceEquals(_cursor, place) ? place.Next : _cursor;
            _order.Remove(place);
            publish.Place = null;
        }

        if (publish.PacketId != 0 && _awaited.Remove(publish.PacketId))
        {
            packetIds.Return(publish.PacketId);
        }
    }

    private static void SettleIfPossible(OutgoingPublish publish)
    {
        if (!publish.IsBeingWritten)
        {
            publish.Outcome?.Invoke(publish.Completion);
        }
    }
}
