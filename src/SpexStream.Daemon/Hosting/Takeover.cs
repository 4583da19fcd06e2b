using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Daemon.Hosting;

/// <summary>
/// Remembers that somebody else has used our name at the broker. Both would throw each other out for ever: so that each
/// of them tells it, it is remembered for longer than either stays away. Safe for several threads.
/// </summary>
internal sealed class Takeover(string node, TimeProvider time)
{
    private static readonly TimeSpan Remembered = 3 * MqttBackoff.DefaultAfterTakeover;
    private long _at;
    private bool _happened;

    /// <summary>What an operator has to know; null when all is well.</summary>
    public string? Trouble => Volatile.Read(ref _happened) && time.GetElapsedTime(Volatile.Read(ref _at)) < Remembered
        ? $"another daemon seems to use the node id {node} of this station at the broker; give each an id of its own (--node)"
        : null;

    /// <summary>Takes a state of a connection in; true when it tells of a takeover.</summary>
    public bool IsTold(MqttConnectionState state)
    {
        if (state is not { Phase: MqttConnectionPhase.Waiting, Reason: MqttReasonCode.SessionTakenOver })
        {
            return false;
        }

        Volatile.Write(ref _at, time.GetTimestamp());
        Volatile.Write(ref _happened, true);
        return true;
    }
}
