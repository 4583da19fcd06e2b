using SpexStream.Domain.Ports.Mqtt;
using SpexStream.Messaging.Mqtt.Link;

namespace SpexStream.Messaging.Mqtt;

/// <summary>
/// Supposes that somebody else uses our client id when one connection after the other is closed without a word although
/// the broker is there: a broker that is away refuses connections, and one that objects to what we send says so.
/// </summary>
internal sealed class ShortLives(MqttBackoff backoff)
{
    private int _short;
    private bool _isSupposed;

    /// <summary>Why a connection ended, as far as can be told.</summary>
    /// <param name="cause">What the connection itself knows.</param>
    /// <param name="lived">How long it stood; null when it never did.</param>
    public MqttException Explain(MqttException cause, TimeSpan? lived)
    {
        if (backoff.SupposeTakeoverAfter == 0 || lived is not { } life || LinkErrors.ReasonOf(cause) is not null)
        {
            _short = 0;
            return cause;
        }

        // Once it is supposed, the other one has the connection for as long as we stay away.
        _isSupposed = _isSupposed && life < 2 * backoff.AfterTakeover;
        _short = life < backoff.Longest ? _short + 1 : 0;
        _isSupposed |= _short >= backoff.SupposeTakeoverAfter;
        return !_isSupposed ? cause : new LinkLostException(
            $"{cause.Message} (again and again: another client seems to use this client id)",
            MqttReasonCode.SessionTakenOver, cause);
    }
}
