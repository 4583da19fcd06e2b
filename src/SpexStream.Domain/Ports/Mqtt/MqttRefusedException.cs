namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>The broker answered, and the answer was no; the message names the MQTT reason code.</summary>
public sealed class MqttRefusedException : MqttException
{
    private const string Begin = "The broker refused: ";

    /// <summary>Makes one from what was asked ("connect") and the broker's answer; a detail that is the message of
    /// another one stands for both.</summary>
    public MqttRefusedException(string what, MqttReasonCode reason, string? detail = null)
        : base(Sentence(what, reason, detail?.TrimEnd('.'))) => Reason = reason;

    /// <summary>The broker's reason.</summary>
    public MqttReasonCode Reason { get; }

    private static string Sentence(string what, MqttReasonCode reason, string? detail) =>
        detail?.StartsWith(Begin, StringComparison.Ordinal) == true ? $"{detail}."
        : $"{Begin}{what}: {reason} (0x{(int)reason:x2}){(detail is null ? "" : $", {detail}")}.";
}
