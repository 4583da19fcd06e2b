namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>The broker answered, and the answer was no; the message names the MQTT reason code.</summary>
public sealed class MqttRefusedException : MqttException
{
    /// <summary>Makes one from what was asked ("connect") and the broker's answer.</summary>
    public MqttRefusedException(string what, MqttReasonCode reason, string? detail = null)
        : base($"The broker refused: {what}: {reason} (0x{(int)reason:x2}){(detail is null ? "" : $", {detail}")}.") =>
        Reason = reason;

    /// <summary>The broker's reason.</summary>
    public MqttReasonCode Reason { get; }
}
