namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>Something went wrong between us and the broker: not reachable, TLS failed, closed while waiting.</summary>
public class MqttException : Exception
{
    /// <summary>Makes one with a message and, where there is one, the cause.</summary>
    public MqttException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
