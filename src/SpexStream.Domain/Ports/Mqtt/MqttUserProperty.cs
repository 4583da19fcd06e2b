namespace SpexStream.Domain.Ports.Mqtt;

/// <summary>One name and value beside the payload (MQTT 5, 3.3.2.3.7); both may be empty.</summary>
public readonly record struct MqttUserProperty(string Name, string Value);
