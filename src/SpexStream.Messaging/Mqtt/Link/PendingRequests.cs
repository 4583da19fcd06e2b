using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Session;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>Subscribe and unsubscribe requests of one network connection that wait for their answer.
/// Thread-safe.</summary>
internal sealed class PendingRequests(PacketIdPool packetIds)
{
    private readonly Dictionary<ushort, TaskCompletionSource<ImmutableArray<MqttReasonCode>>> _waiting = [];
    private MqttException? _closed;

    /// <summary>Has a request sent under an identifier and waits for the codes of its answer. A caller that cancels
    /// leaves the identifier taken until the answer or the end of the connection.</summary>
    /// <exception cref="MqttException">The network connection ended before the answer.</exception>
    public async Task<ImmutableArray<MqttReasonCode>> SendAsync(
        Action<ushort> send, CancellationToken cancellation)
    {
        var id = packetIds.Take();
        var answer = new TaskCompletionSource<ImmutableArray<MqttReasonCode>>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            if (_closed is not null)
            {
                packetIds.Return(id);
                throw _closed;
            }

            _waiting.Add(id, answer);
        }

        send(id);
        return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <returns>False when nobody asked.</returns>
    public bool Answer(ushort packetId, ImmutableArray<MqttReasonCode> reasons)
    {
        TaskCompletionSource<ImmutableArray<MqttReasonCode>>? answer;
        lock (_waiting)
        {
            if (!_waiting.Remove(packetId, out answer))
            {
                return false;
            }
        }

        packetIds.Return(packetId);
        return answer.TrySetResult(reasons);
    }

    public void Close(MqttException cause)
    {
        KeyValuePair<ushort, TaskCompletionSource<ImmutableArray<MqttReasonCode>>>[] waiting;
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
