using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Link;

/// <summary>The one place where errors of sockets, TLS and certificate files become ours.</summary>
internal static class LinkErrors
{
    /// <summary>True for what a network connection can be expected to do wrong.</summary>
    public static bool IsExpected(Exception cause) =>
        cause is MqttException or IOException or SocketException or AuthenticationException or CryptographicException
            or UnauthorizedAccessException or ObjectDisposedException;

    public static MqttException Translate(Exception cause) => cause switch
    {
        MqttException known => known,
        AuthenticationException => new LinkLostException($"TLS failed: {Innermost(cause)}", null, cause),
        CryptographicException => new LinkLostException($"A certificate cannot be used: {cause.Message}", null, cause),
        _ => new LinkLostException(Innermost(cause), null, cause),
    };

    public static MqttReasonCode? ReasonOf(MqttException cause) => cause switch
    {
        MqttRefusedException refused => refused.Reason,
        MqttProtocolException protocol => protocol.Reason,
        LinkLostException lost => lost.Reason,
        _ => null,
    };

    private static string Innermost(Exception cause) => cause.GetBaseException().Message;
}
