namespace SpexStream.Messaging.Mqtt.Session;

/// <summary>Packet identifiers in use by this client, 1 to 65,535 (MQTT 5, 2.2.1). Thread-safe.</summary>
internal sealed class PacketIdPool
{
    private readonly HashSet<ushort> _used = [];
    private ushort _last;

    /// <summary>A free identifier; the longest unused one first, so that late answers meet no new request.</summary>
    /// <exception cref="InvalidOperationException">All are in use.</exception>
    public ushort Take()
    {
        lock (_used)
        {
            if (_used.Count == ushort.MaxValue)
            {
                throw new InvalidOperationException("All 65535 packet identifiers are in use.");
            }

            do
            {
                _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            }
            while (!_used.Add(_last));

            return _last;
        }
    }

    public void Return(ushort id)
    {
        lock (_used)
        {
            _used.Remove(id);
        }
    }
}
