using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Codec;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Subscribe and unsubscribe requests of one network connection that wait for their answer.
/// Thread-safe.</summary>
internal sealed class PendingRequests(PacketIdPool packetIds, ControlBuffer control)
{
    private readonly Dictionary<ushort, TaskCompletionSource<SubackPacket>> _waiting = [];
    private MqttException? _closed;

    /// <summary>Sends the request that <paramref name="packet"/> makes for an identifier. A caller that cancels
    /// leaves the identifier taken until the answer or the end of the connection.</summary>
    /// <exception cref="MqttException">The network connection ended before the answer.</exception>
    public async Task<SubackPacket> SendAsync(Func<ushort, IPacket> packet, CancellationToken cancellation)
    {
        var id = packetIds.Take();
        var answer = new TaskCompletionSource<SubackPacket>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            if (_closed is not null)
            {
                packetIds.Return(id);
                throw _closed;
            }

            _waiting.Add(id, answer);
        }

        control.Append(packet(id));
        return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <returns>False when nobody asked.</returns>
    public bool Answer(SubackPacket packet)
    {
        TaskCompletionSource<SubackPacket>? answer;
        lock (_waiting)
        {
            if (!_waiting.Remove(packet.PacketId, out answer))
            {
                return false;
            }
        }

        packetIds.Return(packet.PacketId);
        return answer.TrySetResult(packet);
    }

    public void Close(MqttException cause)
    {
        KeyValuePair<ushort, TaskCompletionSource<SubackPacket>>[] waiting;
        lock (_waiting)
        {
            _closed = cause;
            waiting = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var (id, answer) in waiting)
        {
            packetIds.Return(id);
            answer.TrySetException(cause);
        }
    }
}
